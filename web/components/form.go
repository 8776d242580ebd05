// Package components holds the pieces pages are made of: fields, error summary, tags, the marks of a half-day.
package components

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
)

// Form is one form of a page: what it carries, and, after a refusal, what was typed and why it was refused.
type Form struct {
	Name     string // prefix of its fields' ids
	Action   string
	ID       uuid.UUID
	Version  int
	Values   url.Values // typed text; nil when fresh
	Problems fault.Invalid
	Stale    bool
	Page     string    // of a form that is kept as a draft, "" for others
	Drafts   []Draft   // earlier ones of this form, to be taken up
	From     uuid.UUID // the draft it was taken up from
	Resumed  time.Time // when that draft was kept
}

// Draft is a form typed earlier and not sent.
type Draft struct {
	ID uuid.UUID
	At time.Time
}

// Refused is a form that came back: its name, the typed values and the reason. The zero value is "none did".
type Refused struct {
	Name     string
	ID       uuid.UUID // its one-time id: the act was undone, so it may be used again
	Values   url.Values
	Problems fault.Invalid
	Stale    bool
}

// New is a fresh form, or the one that came back when it has this name.
func (r Refused) New(name, action string, version int) Form {
	f := Form{Name: name, Action: action, ID: uuid.Must(uuid.NewV7()), Version: version}
	if r.Name == name {
		f.Values, f.Problems, f.Stale = r.Values, r.Problems, r.Stale
	}
	return f
}

// Val is the typed value of a field, or else the stored one.
func (f Form) Val(name, stored string) string {
	if f.Values != nil {
		return f.Values.Get(name)
	}
	return stored
}

// Has tells whether a checkbox or one of several choices is on.
func (f Form) Has(name, value string, stored bool) bool {
	if f.Values == nil {
		return stored
	}
	for _, v := range f.Values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// FieldID is the id of a field's input on the page.
func (f Form) FieldID(name string) string {
	return f.Name + "-" + strings.NewReplacer(".", "-", " ", "-").Replace(name)
}

// Wrong are the problems of a field.
func (f Form) Wrong(name string) fault.Invalid {
	var out fault.Invalid
	for _, p := range f.Problems {
		if p.Field == name {
			out = append(out, p)
		}
	}
	return out
}

// Option is a choice of radios, checkboxes or a select. Label is already in the reader's language.
type Option struct {
	Value, Label, Hint string
	Off                bool // not chosen at first, among several
}

// described is the aria-describedby of a field: its hint, then its errors.
func (f Form) described(name, hint string) string {
	var ids []string
	if hint != "" {
		ids = append(ids, f.FieldID(name)+"-hint")
	}
	if len(f.Wrong(name)) > 0 {
		ids = append(ids, f.FieldID(name)+"-error")
	}
	return strings.Join(ids, " ")
}

// Described is the aria-describedby of a field without a hint.
func (f Form) Described(name string) string { return f.described(name, "") }

// OptionID is the id of a choice; the first has the field's own, so that the error summary leads to it.
func (f Form) OptionID(name string, i int) string {
	if i == 0 {
		return f.FieldID(name)
	}
	return f.FieldID(name) + "-" + strconv.Itoa(i+1)
}

// typed is what a text input shows; a password is never sent back.
func (f Form) typed(x Field) string {
	if x.Type == "password" {
		return ""
	}
	return f.Val(x.Name, x.Stored)
}

func kind(t string) string {
	if t == "" {
		return "text"
	}
	return t
}

func auto(a string) string {
	if a == "" {
		return "off"
	}
	return a
}

// labels are the message keys of the fields' labels: a line of the error summary says which field it means.
var labels = map[string]string{
	"employer-name": "employer.name", "employer-person": "site.person", "book-place": "review.place", "cohort-starts_on": "cohort_new.starts_on", "cohort-name": "cohort_new.name", "goal-kind": "goal.kind",
	"step-kind": "search.kind", "step-on": "search.on", "contact-kind": "contacts.add", "contact-on": "contacts.on", "decision-kind": "decision.what", "enrol-how": "enrol.how",
	"name": "person.name", "place": "cohort_new.place", "programme": "cohort_new.version", "coach": "role.coach", "coordinator": "role.coordinator",
	"first_name": "person.first_name", "last_name": "person.last_name", "born_on": "person.born_on", "lang": "person.lang", "expert": "role.expert", "chosen_on": "enrol.chosen_on", "chose": "enrol.choice",
	"starts_on": "trial.starts_on", "ends_on": "trial.ends_on", "hours": "trial.hours_label", "week_days": "trial.week_days", "site": "trial.site", "purpose": "trial.purpose", "tasks": "site.tasks",
	"goals": "trial.goals", "payer": "trial.payer", "supervisor": "trial.supervisor", "party": "trial.sign_party", "signed_on": "trial.signed_on", "insurance_on": "trial.insurance_on",
	"business_id": "employer.business_id", "person": "site.person", "email": "person.email", "role": "members.role", "successor": "members.successor", "password": "login.password", "again": "invitation.again",
	"meets_on": "review.meets_on", "meets_at": "review.meets_at", "grounds": "decision.grounds", "decided_on": "decision.decided_on", "objection": "summary.objection",
	"outcome": "outcome.kind", "outcome_on": "outcome.on", "reason": "details.reason", "body": "goal.body", "how": "enrol.how", "goal-how": "goal.how",
	"obstacles": "heading.obstacles", "support": "heading.support", "participation": "heading.participation", "search": "heading.search", "trial": "heading.trial", "timetable": "heading.timetable", "monitoring": "heading.monitoring", "requested": "heading.requested", "starts_at": "trial.starts_at",
	"unemployed_since": "support.since", "assessed_on": "support.assessed_on", "assessment": "support.assessment", "expert_note": "support.expert_note", "area": "support.area", "obstacle-body": "support.obstacle", "referral-kind": "support.referral_kind", "referral-reason": "support.referral_reason", "obstacle-source": "note.source",
	"answer-how": "pre.how", "agreed_how": "support.agreed_how", "to": "meeting.to", "move-reason": "meeting.reason", "cancel-reason": "meeting.reason", "view": "view.name", "agreed": "walk.agreed", "walk-owner": "walk.owner", "due": "walk.due", "member": "substitute.member", "from": "substitute.from", "until": "substitute.until", "substitute-reason": "substitute.reason",
	"number": "pre.title", "due_on": "pre.due", "answer": "pre.answer", "comment": "pre.comment", "check-body": "goal_check.body", "going": "goal_check.going", "send-for": "pre.for",
	"note-body": "note.body", "group-body": "note.body", "visibility": "note.visibility", "source": "note.source", "for": "group_note.for", "own": "group_note.own", "words": "wording.words",
	"answer_by": "waiting.until", "choice-lang": "choice.lang", "held_on": "info.held_on", "info-starts_at": "info.starts_at", "ends_at": "info.ends_at", "attendance": "info.attendance", "info-lang": "info.lang", "invitation": "info.invitation", "names": "info.names", "cohort": "service_referral.cohort",
	"facts-name": "person.name", "coaching_kind": "model.coaching_kind", "weeks": "model.weeks", "size_max": "model.size_max", "parties": "model.parties", "outcomes": "outcome.kind", "contact": "model.contacts", "theme": "model.theme", "week-starts": "info.starts_at", "week-kind": "model.kind", "text": "details.what", "title": "model.pre_title", "tasks-body": "model.pre_body",
	"seats": "room.seats", "computers": "room.computers", "appointment-place": "appointment.place", "appointment-for": "appointment.for", "appointment-kind": "appointment.kind", "appointment-starts_at": "info.starts_at", "appointment-held_on": "info.held_on", "appointment-purpose": "appointment.purpose", "state": "appointment.ended", "closed-from": "closed.from", "closed-until": "closed.until", "closed-reason": "closed.reason",
	"kind_of": "employer.kind", "about": "contacts.about", "benefit_check": "trial.benefit", "why": "site.cooled_reason", "mood": "diary.mood", "diary": "diary.body", "enrolment": "open_day.who", "field": "site.field", "limit": "ledger.limit", "cooled_until": "site.cooled_until", "cooled_reason": "site.cooled_reason", "places": "capacity.places", "capacity-from": "capacity.from", "capacity-until": "capacity.until",
	"conditions": "trial.conditions", "bar": "trial.bars", "current_employer": "trial.current_employer", "trial-answer": "trial.answer", "answer-answer": "trial.answer", "way": "trial.answer_way", "terminated_by": "trial.terminated_by", "notice_on": "trial.notice_on", "hired": "trial.hired", "end-reason": "trial.end_reason",
	"agreed_on": "end_date.agreed_on", "signed": "end_date.signed", "category": "problem_report.category", "problem": "problem_report.body", "told_by": "problem_report.told_by", "acted": "problem_report.act",
	"suitability": "assessment.suitability", "skills": "assessment.skills", "given_by": "assessment.given_by", "given_on": "assessment.given_on", "assess-how": "assessment.how",
	"evidence-kind": "balance.kind", "organiser": "balance.organiser", "evidence-from": "balance.from", "evidence-until": "balance.until", "evidence-source": "balance.source", "evidence": "balance.evidence",
	"fields": "matching.fields", "profile_tasks": "matching.tasks", "limits": "matching.limits", "municipalities": "matching.municipalities", "travel": "matching.travel_minutes",
	"open_day-kind": "open_day.kind", "open_day-starts_at": "open_day.starts", "open_day-ends_at": "open_day.ends", "open_day-seats": "open_day.seats_label", "open_day-site": "site.name", "open_day-cohort": "open_day.cohort", "what": "open_day.what", "open_day-place": "appointment.place",
	"key": "law.number", "value": "law.value", "valid_from": "law.valid_from", "law-source": "law.source", "checked_on": "law.checked_on",
	"called":      "calls.who",
	"national_id": "national_id.name", "same": "same.title",
	"address":      "protection.address",
	"break-reason": "break.reason",
	"goal":         "heading.goal", "goal_result": "heading.goal_result", "own_words": "heading.own_words", "strengths": "heading.strengths", "next_steps": "heading.next_steps",
}

// Told is what is wrong with a field of a form, led by the field's label.
func Told(ctx context.Context, form string, p fault.Problem) string {
	return labelled(ctx, form, p.Field) + locale.P(ctx).Map(p.Key, p.Args)
}

func labelled(ctx context.Context, form, field string) string {
	name, _, _ := strings.Cut(field, ".")
	key, ok := labels[form+"-"+name]
	if !ok {
		key, ok = labels[name]
	}
	if ok {
		return locale.T(ctx, key) + ": "
	}
	return ""
}
