// Package casework draws the pages of the room casework.
package casework
