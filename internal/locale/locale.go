// Package locale prints texts, plurals, dates and numbers in Finnish, Swedish and English. It holds no text of its
// own: the catalogues do.
package locale

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"kuukausi/internal/fault"
	"maps"
	"strings"
	"text/template"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Langs are the languages of the app, the default first.
var Langs = []string{"fi", "sv", "en"}

// Bundle is every catalogue, read once.
type Bundle struct{ printers map[string]*Printer }

// Printer prints in one language.
type Printer struct {
	Lang  string
	plain map[string]string
	loc   *i18n.Localizer
}

// Load reads fi.toml, sv.toml and en.toml from the file system. It fails on a catalogue that does not parse.
func Load(files fs.FS) (*Bundle, error) {
	out := &Bundle{printers: map[string]*Printer{}}
	b := i18n.NewBundle(language.Finnish)
	b.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	for _, lang := range Langs {
		f, err := b.LoadMessageFileFS(files, lang+".toml")
		if err != nil {
			return nil, fmt.Errorf("catalogue %s: %w", lang, err)
		}
		p := &Printer{Lang: lang, plain: map[string]string{}}
		for _, m := range f.Messages {
			if m.One == "" && !strings.Contains(m.Other, "{{") {
				p.plain[m.ID] = m.Other
				continue
			}
			for _, text := range []string{m.One, m.Other} {
				if _, err := template.New("").Parse(text); err != nil {
					return nil, fmt.Errorf("catalogue %s: %s: %w", lang, m.ID, err)
				}
			}
		}
		out.printers[lang] = p
	}
	for lang, p := range out.printers {
		p.loc = i18n.NewLocalizer(b, lang)
	}
	return out, nil
}

// Printer returns the printer of the language, Finnish when it is not ours.
func (b *Bundle) Printer(lang string) *Printer {
	if p, ok := b.printers[lang]; ok {
		return p
	}
	return b.printers[Langs[0]]
}

// Match picks the best of our languages for an Accept-Language header.
func Match(header string) string {
	tags, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(tags) == 0 {
		return Langs[0]
	}
	_, i, c := language.NewMatcher([]language.Tag{language.Finnish, language.Swedish, language.English}).Match(tags...)
	if c == language.No {
		return Langs[0]
	}
	return Langs[i]
}

// T prints the message with its arguments (name, value, …); the argument "N" chooses the plural. A missing message
// shows its key in brackets, which the catalogue test and the browser tests fail on.
func (p *Printer) T(key string, args ...any) string {
	if s, ok := p.plain[key]; ok {
		return s
	}
	data := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		data[args[i].(string)] = args[i+1]
	}
	return p.Map(key, data)
}

// Map prints the message with its arguments as a map; days and times of day among them are printed as such.
func (p *Printer) Map(key string, data map[string]any) string {
	if s, ok := p.plain[key]; ok {
		return s
	}
	for k, x := range data {
		switch x := x.(type) {
		case time.Time:
			data = maps.Clone(data)
			data[k] = p.Date(x)
		case fault.Clock:
			data = maps.Clone(data)
			data[k] = p.Clock(int(x))
		}
	}
	c := &i18n.LocalizeConfig{MessageID: key, TemplateData: data}
	if n, ok := data["N"]; ok {
		c.PluralCount = n
	}
	s, err := p.loc.Localize(c)
	var missing *i18n.MessageNotFoundErr
	if err != nil && (errors.As(err, &missing) || s == "") {
		return "⟦" + key + "⟧"
	}
	return s
}

type printerKey struct{}

// With puts the printer into the context of a rendering.
func With(ctx context.Context, p *Printer) context.Context {
	return context.WithValue(ctx, printerKey{}, p)
}

// P is the printer of this rendering. Rendering without one is a programming error and panics.
func P(ctx context.Context) *Printer { return ctx.Value(printerKey{}).(*Printer) }

// T prints a message in the language of this rendering.
func T(ctx context.Context, key string, args ...any) string { return P(ctx).T(key, args...) }
