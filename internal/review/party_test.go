package review

import (
	"slices"
	"testing"
)

// A party's word is on one version: the next version waits for it again, and the old word is shown as void.
func TestWaiting(t *testing.T) {
	r := Review{Parties: []string{"participant", "coach"}, Number: 2, Acks: []Acknowledgement{
		{Party: "participant", Number: 1}, {Party: "coach", Number: 1}, {Party: "coach", Number: 2},
	}}
	if got := r.Waiting(); !slices.Equal(got, []string{"participant"}) {
		t.Errorf("waiting for %v", got)
	}
	if r.Ack("coach") == nil || r.Void("coach") != nil || r.Ack("participant") != nil || r.Void("participant") == nil {
		t.Error("the word on an earlier version counts, or is lost")
	}
	if r.IsParty("expert") || !r.IsParty("coach") {
		t.Error("the parties are the model's")
	}
	r.Parties = nil
	if len(r.Waiting()) != 0 {
		t.Error("a review without parties waits")
	}
}
