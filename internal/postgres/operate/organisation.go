package operate

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/account"
	"kuukausi/internal/postgres/door"
	pgprogramme "kuukausi/internal/postgres/programme"
	"kuukausi/internal/programme"
	"kuukausi/internal/text"
)

// Organisation is what `org add` makes: a tenant with its models, texts and first administrator.
type Organisation struct {
	ID                    uuid.UUID
	Name                  string
	AdminName, AdminEmail string
	AdminPassword         string
	Models                []programme.Model
	Texts                 map[string]map[string]string // key → language → body
	Now                   time.Time
}

// WordsKey is the one of Organisation.Texts that nobody agrees to: words that ask for a second thought in a note.
const WordsKey = "wording"

// AddOrganisation stores an organisation in one transaction, as the migration role.
func AddOrganisation(ctx context.Context, url string, o Organisation) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	return pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error { return o.store(ctx, tx) })
}

// Store stores the organisation inside the caller's transaction.
func (o Organisation) Store(ctx context.Context, tx pgx.Tx) error { return o.store(ctx, tx) }

func (o Organisation) store(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `insert into app.organisation (id, name, created_at) values ($1, $2, $3)`, o.ID, o.Name, o.Now); err != nil {
		return err
	}
	for _, m := range o.Models {
		if _, err := SaveModel(ctx, tx, o.ID, m, o.Now); err != nil {
			return err
		}
	}
	for key, langs := range o.Texts {
		for lang, body := range langs {
			if key == WordsKey {
				if _, err := tx.Exec(
					ctx, `insert into app.wording (org_id, word) select $1, unnest($2::text[]) on conflict do nothing`, o.ID,
					strings.Fields(body),
				); err != nil {
					return err
				}
				continue
			}
			if _, err := tx.Exec(ctx, `insert into app.text_version (org_id, id, key, lang, version, body, created_at)
values ($1, $2, $3, $4, 1, $5, $6)`, o.ID, door.NewID(), key, lang, body, o.Now); err != nil {
				return err
			}
		}
	}
	if o.AdminEmail == "" {
		return nil
	}
	_, err := AddMember(ctx, tx, o.ID, Member{Name: o.AdminName, Email: o.AdminEmail, Role: "admin", Password: o.AdminPassword, Now: o.Now})
	return err
}

// AddTexts gives every organisation the first version of the texts it has none of in some language: those that came
// with a later migration than the organisation. Versions that are there stay.
func AddTexts(ctx context.Context, url string, texts map[string]map[string]string, at time.Time) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	b := &pgx.Batch{}
	for key, langs := range texts {
		for lang, body := range langs {
			if key != WordsKey { // an empty list of words may be meant
				b.Queue(`insert into app.text_version (org_id, id, key, lang, version, body, created_at)
select
  o.id,
  gen_random_uuid(),
  $1,
  $2,
  1,
  $3,
  $4
from app.organisation o
where not exists (select from app.text_version t where t.org_id = o.id and t.key = $1 and t.lang = $2)`, key, lang, body, at)
			}
		}
	}
	return c.SendBatch(ctx, b).Close()
}

// Member is a login with a role, made outside the app: by `user add` or the demo.
type Member struct {
	Name, Email, Role, Area, Lang, Password string
	Hash                                    string // instead of Password, when it is hashed already
	Now                                     time.Time
}

// AddMember makes the account when the e-mail has none, and the membership. It returns the membership's id.
func AddMember(ctx context.Context, tx pgx.Tx, org uuid.UUID, m Member) (uuid.UUID, error) {
	hash := m.Hash
	if hash == "" {
		var err error
		if hash, err = account.HashPassword(m.Password); err != nil {
			return uuid.Nil, err
		}
	}
	if m.Lang == "" {
		m.Lang = "fi"
	}
	email := strings.ToLower(strings.TrimSpace(m.Email))
	id := door.NewID()
	_, err := tx.Exec(ctx, `with made as (
  insert into app.account (id, email, password_hash, lang, created_at)
  values ($1, $2, $3, $4, $5)
  on conflict (email) do nothing) insert into app.membership (
  org_id, id, account_id, role, name, email, employment_area, created_at)
select
  $6,
  $7,
  coalesce((select id from app.account where email = $2), $1),
  $8,
  $9,
  $2,
  $10,
  $5`,
		door.NewID(), email, hash, m.Lang, m.Now, org, id, m.Role, m.Name, m.Area)
	return id, err
}

// DisableAccount ends a login everywhere: its memberships, duties, sessions and the links that were not used.
func DisableAccount(ctx context.Context, url, email string, at time.Time) (int64, error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer c.Close(context.Background())
	tag, err := c.Exec(ctx, `update app.membership
set disabled_at = $2
where disabled_at is null
  and account_id in (select id from app.account where email = lower($1))`, email, at)
	if err != nil {
		return 0, err
	}
	if _, err = c.Exec(ctx, `update app.invitation
set withdrawn_at = $2
where email = lower($1) and used_at is null and withdrawn_at is null`, email, at); err != nil {
		return 0, err
	}
	_, err = c.Exec(ctx, `update app.account set disabled_at = coalesce(disabled_at, $2) where email = lower($1)`, email, at)
	return tag.RowsAffected(), err
}

// ResetPassword gives a live login another password and ends its sessions. It returns how many logins that were.
func ResetPassword(ctx context.Context, url, email, password string) (int64, error) {
	hash, err := account.HashPassword(text.Secret(password))
	if err != nil {
		return 0, err
	}
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer c.Close(context.Background())
	tag, err := c.Exec(ctx, `with a as (
  update app.account set password_hash = $2 where email = lower($1) and disabled_at is null returning id), s as (
  delete from app.login_session where account_id in (select id from a))
select id from a`, email, hash)
	return tag.RowsAffected(), err
}

// AddUser makes a login with a role in the organisation of this name, for `user add`.
func AddUser(ctx context.Context, url, orgName string, m Member) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	return pgx.BeginFunc(ctx, c, func(tx pgx.Tx) error {
		var org uuid.UUID
		if err := tx.QueryRow(ctx, `select id from app.organisation where name = $1`, orgName).Scan(&org); err != nil {
			return door.ToFault(err)
		}
		_, err := AddMember(ctx, tx, org, m)
		return err
	})
}

// IsEmpty tells whether there is no organisation yet: then `dev` seeds the demo.
func IsEmpty(ctx context.Context, url string) (bool, error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return false, err
	}
	defer c.Close(context.Background())
	var n int
	err = c.QueryRow(ctx, `select count(*) from app.organisation`).Scan(&n)
	return n == 0, err
}

// SaveModel stores the next version of a model, published: immutable from then on. It returns the version's id.
func SaveModel(ctx context.Context, tx pgx.Tx, org uuid.UUID, m programme.Model, at time.Time) (uuid.UUID, error) {
	version := door.NewID()
	if _, err := tx.Exec(ctx, `insert into app.programme_model (org_id, id, code, pre_assignments)
values ($1, $2, $3, $4)
on conflict (org_id, code) do nothing`, org, door.NewID(), m.Code, len(m.PreAssigns)); err != nil {
		return version, err
	}
	if _, err := tx.Exec(ctx, `insert into app.programme_version (
  org_id, id, model_id, version, coaching_kind, in_cohort, weeks, size_min, size_max, pre_assignments, review_parties,
  outcomes, published_at, shape)
select
  $1,
  $2,
  m.id,
  1 + (select count(*) from app.programme_version v where v.org_id = m.org_id and v.model_id = m.id),
  $4,
  $5,
  $6,
  $7,
  $8,
  $9,
  $10,
  $11,
  $12,
  $13
from app.programme_model m
where m.org_id = $1 and m.code = $3`,
		org, version, m.Code, m.CoachingKind, m.InCohort, m.Weeks, m.SizeMin, m.SizeMax, len(m.PreAssigns), m.ReviewParties,
		m.Outcomes, at, m.Shape); err != nil {
		return version, err
	}
	b := &pgx.Batch{}
	pgprogramme.QueueModel(b, org, version, m)
	return version, tx.SendBatch(ctx, b).Close()
}
