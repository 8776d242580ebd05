package app

import (
	"context"
	"fmt"
	"time"

	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/demo"
	"kuukausi/internal/postgres/operate"
	"kuukausi/internal/postgres/schema"
	"kuukausi/internal/recruitment"
	"kuukausi/migrations"
	"kuukausi/web"
)

// Migrate brings the schema up to date, and every organisation the first version of a text that came with it.
func Migrate(ctx context.Context, owner, password string) error {
	if err := schema.Migrate(ctx, owner, password, migrations.FS); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	t, err := Texts()
	if err != nil {
		return err
	}
	return operate.AddTexts(ctx, owner, t, time.Now())
}

// Texts are the first versions of what people agree to, from the catalogues, and the first list of words.
func Texts() (map[string]map[string]string, error) {
	b, err := locale.Load(web.Locales())
	if err != nil {
		return nil, err
	}
	out := map[string]map[string]string{
		recruitment.ChoiceText:       {},
		recruitment.ConsequencesText: {},
		recruitment.InfoText:         {},
		operate.WordsKey:             {},
	}
	for _, l := range locale.Langs {
		p := b.Printer(l)
		out[recruitment.ChoiceText][l] = p.T("text.voluntary_choice")
		out[recruitment.ConsequencesText][l] = p.T("text.choice_consequences")
		out[recruitment.InfoText][l] = p.T("text.info_voluntary")
		out[operate.WordsKey][l] = p.T("wording.default")
		for _, purpose := range participant.Purposes {
			key := participant.ConsentText(purpose)
			if out[key] == nil {
				out[key] = map[string]string{}
			}
			out[key][l] = p.T("consent_text." + purpose)
		}
	}
	return out, nil
}

// SeedDemo fills an empty database with the demo as it stands at now.
func SeedDemo(ctx context.Context, owner string, now time.Time, codes participant.Codes) error {
	t, err := Texts()
	if err != nil {
		return err
	}
	return demo.Seed(ctx, owner, now, t, codes)
}
