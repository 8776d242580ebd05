// Package components holds the pieces pages are made of: fields, error summary, tags, the marks of a half-day.
package components

import (
	"bytes"
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
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

// idOf makes a field's name fit for an id.
var idOf = strings.NewReplacer(".", "-", " ", "-")

// FieldID is the id of a field's input on the page.
func (f Form) FieldID(name string) string {
	return f.Name + "-" + idOf.Replace(name)
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

// labels are the names the fields of a page have told while it was rendered: the error summary stands above them and
// is given theirs at the end.
type labels map[string]string

type labelsKey struct{}

// Collect lets the fields of a page tell their labels. It belongs to one rendering.
func Collect(ctx context.Context) context.Context {
	return context.WithValue(ctx, labelsKey{}, labels{})
}

// tell notes a field's label.
func tell(ctx context.Context, f Form, field, label string) {
	if l, ok := ctx.Value(labelsKey{}).(labels); ok {
		l[f.Name+"\x00"+field] = label
	}
}

// Told is what is wrong with a field of a form, led by the field's label once the page is finished. The place is held
// between NULs, which no text of the page can hold.
func Told(ctx context.Context, form string, p fault.Problem) string {
	return "\x00" + form + "\x00" + p.Field + "\x00" + locale.P(ctx).Map(p.Key, p.Args)
}

// Finish puts the labels where the summary held their places. A field that is not on the page has none.
func Finish(ctx context.Context, page []byte) []byte {
	if bytes.IndexByte(page, 0) < 0 {
		return page
	}
	l, _ := ctx.Value(labelsKey{}).(labels)
	parts := bytes.Split(page, []byte{0}) // text, form, field, text, form, field, text …
	out := append([]byte{}, parts[0]...)
	for i := 1; i+2 < len(parts); i += 3 {
		if label := l[string(parts[i])+"\x00"+string(parts[i+1])]; label != "" {
			out = append(append(out, templ.EscapeString(label)...), ": "...)
		}
		out = append(out, parts[i+2]...)
	}
	return out
}
