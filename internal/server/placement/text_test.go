package placement_test

import (
	"kuukausi/internal/apptest"
	"kuukausi/internal/postgres/demo"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// What a colleague did first leaves one's own text on the page, in its own form, with a link that leads to it.
func TestTrialTextsAreKept(t *testing.T) {
	s := apptest.Start(t)
	k, e, v := s.As("kimmo.koordinoiva"), s.As("eeva.ehkanen"), s.As("veera.valmentava")
	at := "/trials/" + demo.Trial(108).String()
	form := func(u *apptest.User, text string) url.Values {
		f := apptest.Fill(t, u.Get(at).Body, at+"/assessment")
		for key, x := range map[string]string{"suitability": text, "skills": "taidot", "how": "phone", "given_by": "Liisa"} {
			f.Set(key, x)
		}
		return f
	}
	w := apptest.Fill(t, e.Get(at).Body, at+"/waiver")
	w.Set("grounds", "PERUSTELU")
	if got := v.Post(at+"/assessment", form(v, "ENSIMMÄINEN")); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := k.Post(at+"/assessment", form(k, "KORJATTU")); got.Code != 303 {
		t.Fatalf("a correction before the end: %d %v", got.Code, got.Codes())
	}
	if page := v.Get(at).Body; !strings.Contains(page, "KORJATTU") ||
		s.SQL(`select count(*) from app.organiser_assessment where trial_id = $1`, demo.Trial(108)) != "2" {
		t.Error("the correction is not shown, or the former text not kept")
	}
	if got := e.Post(at+"/waiver", w); got.Code != 422 || !got.Has("E_ASSESSED") || !strings.Contains(got.Body, "PERUSTELU") {
		t.Errorf("a waiver too late: %d %v", got.Code, got.Codes())
	}
	for _, body := range []string{"yksi", "kaksi"} {
		p := apptest.Fill(t, k.Get(at).Body, at+"/problems")
		p.Set("category", "tasks")
		p.Set("problem", body)
		p.Set("told_by", "coach")
		if got := k.Post(at+"/problems", p); got.Code != 303 {
			t.Fatal(got.Code, got.Codes())
		}
	}
	id := s.UUID(`select id from app.trial_problem where body = 'yksi'`)
	act := "/problems/" + id + "/action"
	f := apptest.Fill(t, k.Get(at).Body, act)
	got := k.Post(act, f)
	if got.Code != 422 || !strings.Contains(got.Body, `href="#act-`+id+`-acted"`) || !strings.Contains(got.Body, `id="act-`+id+`-acted"`) ||
		strings.Count(got.Body, `-acted-error"`) != 2 {
		t.Errorf("an empty answer: %d %v, %d errors", got.Code, got.Codes(), strings.Count(got.Body, `-acted-error"`))
	}
	end := apptest.Fill(t, k.Get(at).Body, at+"/end")
	for key, x := range map[string]string{"reason": "LOPETUS", "hired": "no", "terminated_by": "participant", "notice_on": "19.11.2026"} {
		end.Set(key, x)
	}
	second := url.Values{}
	for key, x := range end {
		second[key] = append([]string(nil), x...)
	}
	second.Set("form", uuid.NewString())
	second.Set("reason", "TOINEN SYY")
	if got := k.Post(at+"/end", end); got.Code != 303 {
		t.Fatal(got.Code, got.Codes())
	}
	if got := k.Post(at+"/end", second); got.Code != 422 || !strings.Contains(got.Body, "TOINEN SYY") {
		t.Errorf("ended a second time: %d %v", got.Code, got.Codes())
	}
	if page := k.Get(at + "/agreement").Body; !strings.Contains(page, "9.11.–4.12.2026") || !strings.Contains(page, "19.11.2026") {
		t.Error("the agreement does not keep what was agreed")
	}
}
