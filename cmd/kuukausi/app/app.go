// Package app puts the app together: the services over a database, the site over the services, and what a new database
// begins with. It is the only place that knows both ends; the program and the tests share it.
package app

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"kuukausi/internal/account"
	"kuukausi/internal/audit"
	"kuukausi/internal/casework"
	"kuukausi/internal/cohort"
	"kuukausi/internal/desk"
	"kuukausi/internal/jobsearch"
	"kuukausi/internal/locale"
	"kuukausi/internal/participant"
	"kuukausi/internal/partner"
	"kuukausi/internal/placement"
	pgaccount "kuukausi/internal/postgres/account"
	pgaudit "kuukausi/internal/postgres/audit"
	pgcasework "kuukausi/internal/postgres/casework"
	pgcohort "kuukausi/internal/postgres/cohort"
	pgdesk "kuukausi/internal/postgres/desk"
	"kuukausi/internal/postgres/door"
	pgjobsearch "kuukausi/internal/postgres/jobsearch"
	pgparticipant "kuukausi/internal/postgres/participant"
	pgpartner "kuukausi/internal/postgres/partner"
	pgplacement "kuukausi/internal/postgres/placement"
	pgpreassignment "kuukausi/internal/postgres/preassignment"
	pgprogramme "kuukausi/internal/postgres/programme"
	pgrecruitment "kuukausi/internal/postgres/recruitment"
	pgreview "kuukausi/internal/postgres/review"
	pgschedule "kuukausi/internal/postgres/schedule"
	"kuukausi/internal/postgres/schema"
	pgsubstitute "kuukausi/internal/postgres/substitute"
	"kuukausi/internal/preassignment"
	"kuukausi/internal/programme"
	"kuukausi/internal/recruitment"
	"kuukausi/internal/review"
	"kuukausi/internal/schedule"
	"kuukausi/internal/server"
	"kuukausi/internal/server/core"
	"kuukausi/internal/substitute"
	"kuukausi/migrations"
	"kuukausi/web"
)

// Rooms are the services over a database. key signs what leaves the app; codes seal identity codes.
func Rooms(db *door.DB, codes participant.Codes, key []byte) server.Rooms {
	accounts := pgaccount.Store{DB: db}
	return server.Rooms{
		Account:       account.New(accounts, accounts, accounts, key),
		Participant:   participant.New(pgparticipant.Store{DB: db}, codes),
		Programme:     programme.New(pgprogramme.Store{DB: db}),
		Recruitment:   recruitment.New(pgrecruitment.Store{DB: db}, codes),
		Casework:      casework.New(pgcasework.Store{DB: db}),
		Preassignment: preassignment.New(pgpreassignment.Store{DB: db}),
		Schedule:      schedule.New(pgschedule.Store{DB: db}),
		Cohort:        cohort.New(pgcohort.Store{DB: db}),
		Substitute:    substitute.New(pgsubstitute.Store{DB: db}),
		Jobsearch:     jobsearch.New(pgjobsearch.Store{DB: db}),
		Partner:       partner.New(pgpartner.Store{DB: db}),
		Placement:     placement.New(pgplacement.Store{DB: db}),
		Review:        review.New(pgreview.Store{DB: db}),
		Desk:          desk.New(pgdesk.Store{DB: db}, codes),
		Audit:         audit.New(pgaudit.Store{DB: db}),
	}
}

// Config is what the site needs beside its database.
type Config struct {
	PublicURL *url.URL // where users find the app; nil in development
	Key       []byte   // signs cookies and forms
	Codes     participant.Codes
	Proxies   int // reverse proxies whose X-Forwarded-For is believed
	Now       func() time.Time
	Log       *slog.Logger
}

// New is the site over a database.
func New(db *door.DB, c Config) (http.Handler, error) {
	bundle, err := locale.Load(web.Locales())
	if err != nil {
		return nil, err
	}
	latest := schema.Latest(migrations.FS)
	return server.New(core.Config{PublicURL: c.PublicURL, Key: c.Key, Proxies: c.Proxies, Now: c.Now, Log: c.Log,
		Ready: func(ctx context.Context) error { return db.Ready(ctx, latest) }},
		Rooms(db, c.Codes, c.Key), bundle).Handler()
}

// ErrKey: the key opens nothing that this database holds.
var ErrKey = errors.New("KEY_FILE is not the key this database was sealed with: put back the old secret, below the new one if " +
	"there is one")

// sealedFor is the place of the value a database keeps of its key.
const sealedFor = "installation:sealed:one"

// CheckKey refuses a key that cannot open what this database's first key sealed; the first key of all is kept so.
func CheckKey(ctx context.Context, db *door.DB, keys participant.Sealer) error {
	fresh, err := keys.Seal("kuukausi", sealedFor)
	if err != nil {
		return err
	}
	sealed, err := db.Sealed(ctx, fresh)
	if err != nil {
		return err
	}
	if _, err := keys.Open(sealed, sealedFor); err != nil {
		return ErrKey
	}
	return nil
}
