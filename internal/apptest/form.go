package apptest

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	formTag   = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input[^>]*>`)
	attrOf    = regexp.MustCompile(`([a-z-]+)="([^"]*)"`)
	codeAttr  = regexp.MustCompile(`data-code="([^"]*)"`)
	areaTag   = regexp.MustCompile(`(?s)<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>`)
	optionTag = regexp.MustCompile(`(?s)<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>`)
	chosenTag = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// fill reads a form of a page as a browser would, with what is set in it.
func Fill(t testing.TB, page, action string) url.Values {
	t.Helper()
	for _, m := range formTag.FindAllStringSubmatch(page, -1) {
		if m[1] != action {
			continue
		}
		v := url.Values{}
		for _, in := range inputTag.FindAllString(m[2], -1) {
			a := map[string]string{}
			for _, x := range attrOf.FindAllStringSubmatch(in, -1) {
				a[x[1]] = Unescape(x[2])
			}
			if (a["type"] == "radio" || a["type"] == "checkbox") && !strings.Contains(in, " checked") {
				continue
			}
			v.Add(a["name"], a["value"])
		}
		for _, x := range areaTag.FindAllStringSubmatch(m[2], -1) {
			v.Set(x[1], Unescape(x[2]))
		}
		for _, x := range optionTag.FindAllStringSubmatch(m[2], -1) {
			if c := chosenTag.FindStringSubmatch(x[2]); c != nil {
				v.Set(x[1], c[1])
			}
		}
		return v
	}
	t.Fatalf("no form %s on the page", action)
	return nil
}

func Unescape(s string) string {
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}
