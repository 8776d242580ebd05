package placement_test

import (
	"bytes"
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The ledger: counted over all coaches, narrowed by the URL, and the export follows; no formula gets through.
func TestLedger(t *testing.T) {
	s := apptest.Start(t)
	k := s.As("kimmo.koordinoiva")
	s.SQL(`update app.site set tasks = '=HYPERLINK("http://x")' where id = $1`, demo.Site(1))
	for query, want := range map[string][2]string{
		"?standing=cooled": {"Testipuutarha", "Leipomo"}, "?standing=asked": {"Demokirjasto", "Leipomo"},
		"?municipality=Hattula": {"Lehmus", "Leipomo"}, "?field=kitchen": {"Leipomo", "Lehmus"},
		"?standing=free": {"Mallivarasto", "Testipuutarha"},
	} {
		page := k.Get("/employers" + query).Body
		csv := k.Get("/employers/export.csv" + query).Body
		for _, text := range []string{page, csv} {
			if !strings.Contains(text, want[0]) || strings.Contains(text, want[1]) {
				t.Errorf("%s: %s without %s", query, want[0], want[1])
			}
		}
	}
	if csv := k.Get("/employers/export.csv").Body; !strings.Contains(csv, "'=HYPERLINK") || strings.Contains(csv, ";=HYPERLINK") {
		t.Error("a formula in the export")
	}
	got := k.Get("/employers/export.xlsx?field=kitchen")
	f, err := excelize.OpenReader(bytes.NewReader([]byte(got.Body)))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || len(rows) != 2 || rows[1][0] != "Leipomo Kuvitelma Oy" {
		t.Errorf("%v %v", rows, err)
	}
	if formula, _ := f.GetCellFormula(f.GetSheetName(0), "G2"); formula != "" {
		t.Errorf("a formula: %s", formula)
	}
	if n := s.SQL(`select count(*) from app.audit where action = 'employer_export' and outcome = 'seen'`); n != "7" {
		t.Errorf("%s rows in the trail", n)
	}
	// seen by another coach as numbers, with none of the names
	if page := s.As("senni.sijainen").Get("/sites/" + demo.Site(1).String()).Body; strings.Contains(page, "Tuulikki") ||
		!strings.Contains(page, "3 henkilöä") {
		t.Error("another coach sees names, or no numbers")
	}
	at := "/sites/" + demo.Site(2).String()
	c := apptest.Fill(t, k.Get(at).Body, at+"/capacity")
	c.Set("from", "1.12.2026")
	c.Set("until", "31.12.2026")
	c.Set("places", "1")
	if got := k.Post(at+"/capacity", c); got.Code != 422 || !got.Has("E_OVERLAP_PERIOD") {
		t.Errorf("two numbers for one day: %d %v", got.Code, got.Codes())
	}
	// a contact person leaves: agreements keep the name, new proposals do not offer it
	left, trial := "/site-people/"+demo.SitePerson(2).String()+"/end", "/trials/"+s.SQL(
		`select id::text from app.trial where supervisor_id = $1 and state = 'active' limit 1`,
		demo.SitePerson(2),
	)
	name := s.SQL(`select name from app.site_person where id = $1`, demo.SitePerson(2))
	if got := k.Post(left, apptest.Fill(t, k.Get(at).Body, left)); got.Code != 303 {
		t.Fatalf("leaving: %d %v", got.Code, got.Codes())
	}
	if strings.Contains(k.Get(at).Body, name) || !strings.Contains(k.Get(trial).Body, name) ||
		strings.Contains(k.Get("/enrolments/"+demo.Enrolment(3).String()+"/trials/new").Body, demo.SitePerson(2).String()) {
		t.Error("who left is still offered, or gone from the agreement")
	}
	x := apptest.Fill(t, k.Get(at).Body, at+"/settings")
	x.Set("cooled_until", "soon")
	if got := k.Post(at+"/settings", x); got.Code != 422 || !got.Has("E_DATE") || !strings.Contains(got.Body, "soon") {
		t.Errorf("cooled off until soon: %d %v", got.Code, got.Codes())
	}
}
