// Package review closes a month: the final review of three parties, its versions and acknowledgements, the expert's
// decisions, the transfer summary with its approval, and the outcome. Four acts, never one button (internal/domain.md, ruling 10).
package review
