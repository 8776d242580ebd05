package core

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"kuukausi/internal/access"
	"kuukausi/internal/fault"
	"kuukausi/internal/locale"
	"kuukausi/internal/text"
	"kuukausi/web/components"
	"kuukausi/web/layouts"
	"kuukausi/web/paths"
)

// PathDay is a date of the URL in its one form.
func PathDay(r *http.Request) (time.Time, error) {
	d, err := time.Parse("2006-01-02", chi.URLParam(r, "date"))
	if err != nil {
		return d, fault.ErrNotFound
	}
	return d, nil
}

// Whole is a typed whole number, 0 for nothing and -1 for anything that is none.
func (t Typed) Whole(name string) int {
	if !t.Given(name) {
		return 0
	}
	if n := t.Number(name); n != 0 || strings.TrimSpace(t.Get(name)) == "0" {
		return n
	}
	return -1
}

// errSlow: the form did not arrive in time.
var errSlow = errors.New("slow form")

// ErrBadForm: the request is not a form of this app; it is answered with 400.
var ErrBadForm = errors.New("bad form")

// Typed is a posted form: its id and version, and the raw texts.
type Typed struct {
	access.Form
	url.Values
	today time.Time // zero for what no form brought
}

// The most characters any field takes. Rules name less where a field needs less.
const (
	lineMax  = 300
	linesMax = 10_000
)

// Get is a typed text of one line, as internal/text reads it.
func (t Typed) Get(name string) string {
	return t.limited(name, text.Line(t.Values.Get(name)), lineMax)
}

// Lines is a typed text of several lines.
func (t Typed) Lines(name string) string { return t.limited(name, t.Values.Get(name), linesMax) }

// limited refuses a field that holds too much.
func (t Typed) limited(name, s string, max int) string {
	if len(s) > max && utf8.RuneCountInString(s) > max {
		t.unread(name, "E_TOO_LONG", "Max", max)
	}
	return s
}

// unread refuses a field that could not be read, once.
func (t Typed) unread(name, code string, args ...any) {
	if t.Unread == nil || slices.ContainsFunc(*t.Unread, func(p fault.Problem) bool { return p.Field == name && p.Code == code }) {
		return
	}
	t.Unread.Add(name, code, args...)
}

// secrets are the fields of which not even a space is taken.
var secrets = []string{"password", "again", "present"}

// Form reads a posted form.
func (s *Site) Form(w http.ResponseWriter, r *http.Request) (Typed, error) {
	v, err := s.Texts(w, r)
	if err != nil {
		return Typed{}, err
	}
	id, err := uuid.Parse(v.Get("form"))
	if err != nil || id == uuid.Nil {
		return Typed{}, ErrBadForm
	}
	version, err := strconv.Atoi(v.Get("version"))
	if err != nil {
		return Typed{}, ErrBadForm
	}
	return Typed{access.Form{
		ID: id, Version: version, Drafted: v.Get("draft") != "", Resumed: Typed{Values: v}.Chosen("resumed"), Digest: digest(v),
		Unread: &fault.Invalid{}, Shown: v.Get(layouts.ReplayAt) != "",
	}, v, access.From(r.Context()).Today()}, nil
}

// digest is one of what was typed; what the app itself put into the form is left out.
func digest(v url.Values) []byte {
	h := sha256.New()
	_, _ = io.WriteString(h, v.Get("form"))
	for _, k := range slices.Sorted(maps.Keys(v)) {
		if slices.Contains(carried, k) {
			continue
		}
		for _, x := range v[k] {
			_, _ = fmt.Fprintf(h, "%q=%q\n", k, x)
		}
	}
	return h.Sum(nil)[:16]
}

// carried are the fields that the app itself puts into a form.
var carried = []string{"form", "version", "page", "draft", "resumed", "back", layouts.ReplayAt, layouts.ReplayLang}

// Texts reads the texts of a posted form, cleaned of what cannot be seen (internal/text).
func (s *Site) Texts(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		var big *http.MaxBytesError
		if errors.As(err, &big) {
			return nil, big
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return nil, errSlow
		}
		return nil, ErrBadForm
	}
	for k, vs := range r.PostForm {
		for i := range vs {
			if slices.Contains(secrets, k) {
				vs[i] = text.Secret(vs[i])
			} else {
				vs[i] = text.Lines(vs[i])
			}
		}
		r.PostForm[k] = vs
	}
	return r.PostForm, nil
}

// The years before and after today that a day of this work may lie in; a birth lies further back.
const (
	yearsBack, yearsAhead = 60, 3
	yearsOfLife           = 110
)

// Date is a typed date, the zero time for anything that is none. One that the work cannot need is refused with its bounds.
func (t Typed) Date(name string) time.Time { return t.dated(name, yearsBack, yearsAhead) }

// Birth is a typed date of birth.
func (t Typed) Birth(name string) time.Time { return t.dated(name, yearsOfLife, 0) }

func (t Typed) dated(name string, back, ahead int) time.Time {
	d, ok := locale.ParseDate(t.Get(name))
	if !ok || t.today.IsZero() {
		return d
	}
	if from, until := t.today.AddDate(-back, 0, 0), t.today.AddDate(ahead, 0, 0); d.Before(from) || d.After(until) {
		t.unread(name, "E_DATE_RANGE", "From", from, "Until", until)
	}
	return d
}

// Clock is a typed time of day in minutes, -1 for anything that is none.
func (t Typed) Clock(name string) int {
	m, ok := locale.ParseClock(t.Get(name))
	if !ok {
		return -1
	}
	return m
}

// Number is a typed whole number, 0 for anything that is none.
func (t Typed) Number(name string) int {
	n, _ := strconv.Atoi(t.Get(name))
	return n
}

// Hours are typed hours in minutes, −1 for anything that is none.
func (t Typed) Hours(name string) int {
	minutes, ok := locale.ParseHours(t.Get(name))
	if a, b, two := locale.TwoReadings(t.Get(name)); two {
		t.unread(name, "E_HOURS_TWO", "A", a, "B", b)
	}
	if !ok {
		return -1
	}
	return minutes
}

// Given tells whether anything was typed.
func (t Typed) Given(name string) bool { return strings.TrimSpace(t.Get(name)) != "" }

// Chosen is the id chosen in a field, uuid.Nil when it is empty; what is no id is refused (E_CHOICE), never taken for none.
func (t Typed) Chosen(name string) uuid.UUID {
	typed := t.Get(name)
	id, err := uuid.Parse(typed)
	if err == nil {
		return id
	}
	if typed != "" {
		t.unread(name, "E_CHOICE")
	}
	return uuid.Nil
}

// ChosenAll are the ids ticked in a field; ErrBadForm when one is none.
func (t Typed) ChosenAll(name string) (out []uuid.UUID, err error) {
	for _, x := range t.Values[name] {
		id, err := uuid.Parse(x)
		if err != nil {
			return nil, ErrBadForm
		}
		out = append(out, id)
	}
	return out, nil
}

// PathID is an id of the URL; one that is no id is not found, like one that is not there.
func PathID(r *http.Request, name string) (uuid.UUID, error) {
	s := chi.URLParam(r, name)
	id, err := uuid.Parse(s)
	if err != nil || len(s) != 36 || id.String() != s || id == uuid.Nil {
		return uuid.Nil, fault.ErrNotFound
	}
	return id, nil
}

// Again shows a form's page once more after a refusal: 422 with the problems or 409, the typed text kept. Every other
// error passes through.
func Again(err error, name string, t Typed, page func(components.Refused) error) error {
	var inv fault.Invalid
	switch {
	case errors.As(err, &inv):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Problems: inv})
	case errors.Is(err, fault.ErrStale):
		return page(components.Refused{Name: name, ID: t.ID, Values: t.Values, Stale: true})
	}
	return err
}

// Done leaves a flash and sends the browser on.
func (s *Site) Done(w http.ResponseWriter, r *http.Request, flash, to string) error {
	if err := s.Leave(w, r, keyFlash, flash); err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// Made reads the form of an act that makes something new, does it, and goes on to where do says; after a refusal show
// brings the form again.
func (s *Site) Made(
	w http.ResponseWriter,
	r *http.Request,
	name string,
	show ShowForm,
	do func(Typed) (flash, to string, err error),
) error {
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	flash, to, err := do(t)
	if err != nil {
		return Again(err, name, t, func(ref components.Refused) error { return show(w, r, ref) })
	}
	return s.Done(w, r, flash, to)
}

// On reads the id and the form of an act, does it, and goes on to where do says; after a refusal show brings the page of
// the id again.
func (s *Site) On(
	w http.ResponseWriter,
	r *http.Request,
	param, name string,
	show Show,
	do func(uuid.UUID, Typed) (flash, to string, err error),
) error {
	return s.Part(w, r, param, name, show, func(id uuid.UUID, t Typed) (uuid.UUID, string, string, error) {
		flash, to, err := do(id, t)
		return id, flash, to, err
	})
}

// Part is On for an act on something shown on another thing's page: do returns what it belongs to, and after a refusal
// show brings that page.
func (s *Site) Part(
	w http.ResponseWriter,
	r *http.Request,
	param, name string,
	show Show,
	do func(uuid.UUID, Typed) (of uuid.UUID, flash, to string, err error),
) error {
	id, err := PathID(r, param)
	if err != nil {
		return err
	}
	t, err := s.Form(w, r)
	if err != nil {
		return err
	}
	of, flash, to, err := do(id, t)
	if err != nil {
		return Again(err, name, t, func(ref components.Refused) error { return show(w, r, of, ref) })
	}
	if flash == "" {
		http.Redirect(w, r, to, http.StatusSeeOther)
		return nil
	}
	return s.Done(w, r, flash, to)
}

// Decimal is a typed number with a decimal comma or point, -1 for anything that is none.
func (t Typed) Decimal(name string) float64 {
	n, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(t.Get(name)), ",", ".", 1), 64)
	if err != nil || n != n {
		return -1
	}
	return n
}

// Wrong tells whether a day was typed that is none.
func (t Typed) Wrong(name string) bool { return t.Given(name) && t.Date(name).IsZero() }

// Local is a path on this site, "/" for anything else: an open redirect begins with a foreign next.
func Local(next string) string {
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return paths.Today
	}
	return next
}

// PathWeek is a week of the URL in its one form; the page knows which weeks there are.
func PathWeek(r *http.Request) (int, error) {
	n, err := strconv.Atoi(chi.URLParam(r, "week"))
	if err != nil || n < 1 || strconv.Itoa(n) != chi.URLParam(r, "week") {
		return 0, fault.ErrNotFound
	}
	return n, nil
}
