// Package audit serves the trail of use.
package audit
