package apptest

import (
	"kuukausi/internal/postgres/demo"
	"net/url"

	"github.com/google/uuid"
)

// Person is a filled enrolment form.
func (s *Site) Person(first string) url.Values {
	return url.Values{
		"form":       {uuid.NewString()},
		"version":    {"0"},
		"first_name": {first},
		"last_name":  {"Yksitoista"},
		"born_on":    {"2.2.2004"},
		"lang":       {"fi"},
		"chose":      {"yes"},
		"how":        {"paper"},
		"chosen_on":  {"18.11.2026"},
		"expert":     {s.UUID(`select id from app.membership where org_id = $1 and email = 'eeva.ehkanen@example.org'`, demo.Org)},
	}
}

// Ready is a proposal that lacks nothing but coming into force.
func (s *Site) Ready(k *User, enrolment uuid.UUID, site int) string {
	s.T.Helper()
	path, v := s.Proposal(k, enrolment)
	v.Set("site", s.At(site))
	if got := k.Post(path, v); got.Code != 303 {
		s.T.Fatal(got.Code, got.Codes())
	}
	at := "/trials/" + v.Get("form")
	step := func(what string, more ...string) {
		f := Fill(s.T, k.Get(at).Body, at+what)
		for i := 0; i+1 < len(more); i += 2 {
			f.Set(more[i], more[i+1])
		}
		if got := k.Post(at+what, f); got.Code != 303 {
			s.T.Fatal(what, got.Code, got.Codes())
		}
	}
	step("/answer", "answer", "yes", "way", "phone")
	for _, p := range []string{"participant", "organiser", "authority"} {
		step("/signatures", "party", p, "signed_on", "18.11.2026")
	}
	step("/insurance", "insurance_on", "19.11.2026")
	return at
}

// At is a site with its contact person, as the form of a trial names it.
func (s *Site) At(n int) string {
	return demo.Site(n).String() + " " + s.UUID(`select id from app.site_person where org_id = $1 and site_id = $2`, demo.Org, demo.Site(n))
}

// Proposal is a lawful one for somebody without a site: Matti.
func (s *Site) Proposal(k *User, enrolment uuid.UUID) (string, url.Values) {
	path := "/enrolments/" + enrolment.String() + "/trials"
	v := Fill(s.T, k.Get(path+"/new").Body, path)
	for key, x := range map[string]string{
		"site": s.At(2), "purpose": "return_to_work", "goals": "Sopiiko varastotyö", "tasks": "Keräily",
		"payer": "kela_general_support", "bar.competition": "no", "bar.drug_test": "no", "bar.children": "no",
	} {
		v.Set(key, x)
	}
	return path, v
}
