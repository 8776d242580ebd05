package review

import (
	"slices"
	"time"
)

// Acknowledgement is a party's word on one version.
type Acknowledgement struct {
	Party  string
	Number int
	How    string
	By     string
	At     time.Time
}

// IsParty tells whether the model asks this party's acknowledgement.
func (r Review) IsParty(party string) bool { return slices.Contains(r.Parties, party) }

// Ack is a party's acknowledgement of the present version, nil when it is missing or void.
func (r Review) Ack(party string) *Acknowledgement {
	for i := range r.Acks {
		if r.Acks[i].Party == party && r.Acks[i].Number == r.Number {
			return &r.Acks[i]
		}
	}
	return nil
}

// Acknowledged tells whether anybody acknowledged the present version: that meeting was held.
func (r Review) Acknowledged() bool { return len(r.Waiting()) < len(r.Parties) }

// Void is a party's acknowledgement of an earlier version, nil when there is none or the present one is acknowledged.
func (r Review) Void(party string) *Acknowledgement {
	if r.Ack(party) != nil {
		return nil
	}
	var last *Acknowledgement
	for i := range r.Acks {
		if r.Acks[i].Party == party && (last == nil || r.Acks[i].Number > last.Number) {
			last = &r.Acks[i]
		}
	}
	return last
}

// Waiting are the parties whose acknowledgement of the present version is missing.
func (r Review) Waiting() []string {
	var out []string
	for _, p := range r.Parties {
		if r.Ack(p) == nil {
			out = append(out, p)
		}
	}
	return out
}
