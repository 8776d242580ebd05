// Package audit reads the trail of use for its pages.
package audit
