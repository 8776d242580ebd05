package postgres

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/participant"
)

// The counts are of the guests the reader knows of.
const qInfo = `select i.id, i.held_on, i.starts_at, i.ends_at, i.place, i.mandatory, i.lang, i.invitation, i.cancelled_at is not null cancelled,
  i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid) own, m.name host, g.informed, g.came, i.version
from app.info_session i join app.membership m on m.org_id = i.org_id and m.id = i.created_by
cross join lateral (select count(*)::int informed, (count(*) filter (where g.came))::int came from app.info_guest g where g.org_id = i.org_id and g.info_id = i.id) g
`

var qInfos = q(qInfo + `where i.held_on > {today} - 100
order by i.held_on < {today}, case when i.held_on >= {today} then i.held_on end, i.held_on desc, i.starts_at
limit 200`)

// InfoSessions are the coming ones and those of the last months.
func (db *DB) InfoSessions(ctx context.Context) ([]cohort.InfoSession, error) {
	var out []cohort.InfoSession
	err := db.read(ctx, question{do: access.InfoList, ask: func(b *pgx.Batch) { list(b, &out, qInfos, nil) }})
	return out, err
}

var infoTexts = args{"keys": []string{cohort.InfoText}}

// InfoPlan is the text an invitation contains, in each language.
func (db *DB) InfoPlan(ctx context.Context) (participant.Texts, error) {
	var out participant.Texts
	err := db.read(ctx, question{do: access.InfoNew, ask: func(b *pgx.Batch) { list(b, &out, qTexts, infoTexts) }})
	return out, err
}

// InfoSession is one with the guests the reader knows of.
func (db *DB) InfoSession(ctx context.Context, id uuid.UUID) (cohort.InfoSessionPage, error) {
	var p cohort.InfoSessionPage
	err := db.read(ctx, question{do: access.InfoView, subject: id, scope: scopeInfo, found: func() bool { return p.ID == id }, ask: func(b *pgx.Batch) {
		one(b, &p.InfoSession, qInfo+`where i.id = @info`, args{"info": id})
		list(b, &p.Guests, `select g.id, g.name, g.came, m.name informed_by, g.informed_at
from app.info_guest g join app.membership m on m.org_id = g.org_id and m.id = g.informed_by
where g.info_id = @info
order by g.name collate "fi-x-icu", g.id
limit 500`, args{"info": id})
	}})
	return p, err
}

// AddInfoSession stores a session. Its id is the form's.
func (db *DB) AddInfoSession(ctx context.Context, form access.Form, decide func(access.Actor, participant.Texts, []time.Time) (cohort.NewInfoSession, error)) error {
	var texts participant.Texts
	var closed []time.Time
	return db.write(ctx, act{do: access.InfoCreate, subject: form.ID, form: form,
		ask: func(b *pgx.Batch) {
			list(b, &texts, qTexts, infoTexts)
			values(b, &closed, qClosed, nil)
		},
		decide: func(a access.Actor) (change, error) {
			n, err := decide(a, texts, closed)
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.info_session (org_id, id, held_on, starts_at, ends_at, place, mandatory, lang, invitation, statement_id)
values (@org, @id, @on, @starts, @ends, @place, @mandatory, @lang, @invitation, @statement)`,
					args{"org": a.OrgID, "id": form.ID, "on": n.HeldOn, "starts": n.StartsAt, "ends": n.EndsAt, "place": n.Place, "mandatory": n.Attendance == "mandatory", "lang": n.Lang, "invitation": n.Invitation, "statement": orNull(n.Statement)})
			}}, err
		}})
}

// changeInfo stores what decide says of a session.
func (db *DB) changeInfo(ctx context.Context, do access.Action, id uuid.UUID, form access.Form, lock string, decide func(access.Actor, cohort.InfoSession) (func(*pgx.Batch), error)) error {
	var i cohort.InfoSession
	w := act{do: do, subject: id, form: form,
		ask:   func(b *pgx.Batch) { one(b, &i, qInfo+`where i.id = @info `+lock, args{"info": id}) },
		found: func() bool { return i.ID == id },
		decide: func(a access.Actor) (change, error) {
			queue, err := decide(a, i)
			return change{queue: queue}, err
		}}
	if lock != "" {
		w.version = func() int { return i.Version }
	}
	return db.write(ctx, w)
}

// AddGuests stores who was told of a session.
func (db *DB) AddGuests(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.InfoSession) ([]string, error)) error {
	return db.changeInfo(ctx, access.InfoInform, id, form, "", func(a access.Actor, i cohort.InfoSession) (func(*pgx.Batch), error) {
		names, err := decide(a, i)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.info_guest (org_id, id, info_id, name) select @org, n.id, @info, n.name from unnest(@ids::uuid[], @names::text[]) n (id, name)`,
				args{"org": a.OrgID, "info": id, "ids": newIDs(len(names)), "names": names})
		}, err
	})
}

// StoreGuests stores who came; a mark that stays the same keeps who set it and when.
func (db *DB) StoreGuests(ctx context.Context, id uuid.UUID, form access.Form, shown, came []uuid.UUID, decide func(access.Actor, cohort.InfoSession) error) error {
	return db.changeInfo(ctx, access.InfoMark, id, form, "", func(a access.Actor, i cohort.InfoSession) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`update app.info_guest set came = id = any(coalesce(@came::uuid[], '{}')), marked_by = @by, marked_at = @now where info_id = @info and id = any(@shown) and came is distinct from (id = any(coalesce(@came::uuid[], '{}')))`,
				args{"info": id, "shown": shown, "came": came, "by": a.ID, "now": a.Now})
		}, decide(a, i)
	})
}

// EndInfoSession stores that a session is called off, by its host.
func (db *DB) EndInfoSession(ctx context.Context, id uuid.UUID, form access.Form, decide func(access.Actor, cohort.InfoSession) error) error {
	return db.changeInfo(ctx, access.InfoCancel, id, form, "for update of i", func(a access.Actor, i cohort.InfoSession) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`update app.info_session set cancelled_at = @now, version = version + 1 where id = @info`, args{"info": id, "now": a.Now})
		}, decide(a, i)
	})
}
