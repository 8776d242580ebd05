// Package audit draws the pages of the trail of use.
package audit
