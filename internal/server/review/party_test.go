package review_test

import (
	"kuukausi/internal/apptest"
	"net/url"
	"strings"
	"testing"
)

// Who is no party of the model acknowledges nothing.
func TestOnlyPartiesAcknowledge(t *testing.T) {
	s := apptest.Start(t)
	s.SQL(`with x as (
  update app.programme_version set review_parties = '{participant,coach}' returning 1) select count(*) from x`)
	rev := "/reviews/" + s.UUID(`select id from app.review where state = 'ready' limit 1`)
	u := s.As("eeva.ehkanen")
	page := u.Get(rev)
	if page.Code != 200 || strings.Contains(page.Body, rev+"/acknowledgement") {
		t.Errorf("the expert's page: %d, or it asks for an acknowledgement", page.Code)
	}
	v := s.SQL(`select version from app.review where id = $1`, rev[len("/reviews/"):])
	got := u.Post(rev+"/acknowledgement", url.Values{"form": {"01930000-0000-7000-8000-0000000000aa"}, "version": {v}})
	if got.Code != 422 || !got.Has("E_NOT_PARTY") {
		t.Errorf("an expert who is no party: %d %v", got.Code, got.Codes())
	}
}
