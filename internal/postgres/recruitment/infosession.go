package recruitment

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/recruitment"
)

// The counts are of the guests the reader knows of.
const qInfo = `select
  i.id,
  i.held_on,
  i.starts_at,
  i.ends_at,
  i.place,
  i.mandatory,
  i.lang,
  i.invitation,
  i.cancelled_at is not null cancelled,
  i.created_by = (select nullif(current_setting('app.actor', true), '')::uuid) own,
  m.name host,
  g.informed,
  g.came,
  i.version
from app.info_session i
join app.membership m on m.org_id = i.org_id and m.id = i.created_by
cross join lateral (
  select count(*)::int informed, (count(*) filter (where g.came))::int came
  from app.info_guest g
  where g.org_id = i.org_id and g.info_id = i.id) g
`

var qInfos = door.Q(qInfo + `where i.held_on > {today} - 100
order by i.held_on < {today}, case when i.held_on >= {today} then i.held_on end, i.held_on desc, i.starts_at
limit 200`)

// InfoSessions are the coming ones and those of the last months.
func (db Store) InfoSessions(ctx context.Context) ([]recruitment.InfoSession, error) {
	var out []recruitment.InfoSession
	err := db.Read(ctx, door.Question{Do: access.InfoList, Ask: func(b *pgx.Batch) { door.List(b, &out, qInfos, nil) }})
	return out, err
}

var infoTexts = door.Args{"keys": []string{recruitment.InfoText}}

// InfoPlan is the text an invitation contains, in each language.
func (db Store) InfoPlan(ctx context.Context) (participant.Texts, error) {
	var out participant.Texts
	err := db.Read(ctx, door.Question{Do: access.InfoNew, Ask: func(b *pgx.Batch) { door.List(b, &out, door.Texts, infoTexts) }})
	return out, err
}

// qGuest begins a list of recruitment.Guest, of info sessions i; a condition follows.
const qGuest = `select
  g.id,
  g.name,
  g.came,
  g.joined_at is not null joined,
  m.name informed_by,
  g.informed_at
from app.info_guest g
join app.info_session i on i.org_id = g.org_id and i.id = g.info_id
join app.membership m on m.org_id = g.org_id and m.id = g.informed_by
`

// InfoSession is one with the guests the reader knows of.
func (db Store) InfoSession(ctx context.Context, id uuid.UUID) (recruitment.InfoSessionPage, error) {
	var p recruitment.InfoSessionPage
	err := db.Read(
		ctx,
		door.Question{Do: access.InfoView, Subject: id, Scope: door.ScopeInfo, Found: func() bool { return p.ID == id }, Ask: func(b *pgx.Batch) {
			door.One(b, &p.InfoSession, qInfo+`where i.id = @info`, door.Args{"info": id})
			door.List(b, &p.Guests, qGuest+`where g.info_id = @info
order by g.name collate "fi-x-icu", g.id
limit 500`, door.Args{"info": id})
		}},
	)
	return p, err
}

// AddInfoSession stores a session. Its id is the form's.
func (db Store) AddInfoSession(
	ctx context.Context,
	form access.Form,
	decide func(access.Actor, participant.Texts, []time.Time) (recruitment.NewInfoSession, error),
) error {
	var texts participant.Texts
	var closed []time.Time
	return db.Write(ctx, door.Act{Do: access.InfoCreate, Subject: form.ID, Form: form,
		Ask: func(b *pgx.Batch) {
			door.List(b, &texts, door.Texts, infoTexts)
			door.Values(b, &closed, door.Closed, nil)
		},
		Decide: func(a access.Actor) (door.Change, error) {
			n, err := decide(a, texts, closed)
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(
					`insert into app.info_session (
  org_id, id, held_on, starts_at, ends_at, place, mandatory, lang, invitation, statement_id)
values (@org, @id, @on, @starts, @ends, @place, @mandatory, @lang, @invitation, @statement)`,
					door.Args{
						"org":        a.OrgID,
						"id":         form.ID,
						"on":         n.HeldOn,
						"starts":     n.StartsAt,
						"ends":       n.EndsAt,
						"place":      n.Place,
						"mandatory":  n.Attendance == "mandatory",
						"lang":       n.Lang,
						"invitation": n.Invitation,
						"statement":  door.OrNull(n.Statement),
					},
				)
			}}, err
		}})
}

// changeInfo stores what decide says of a session.
func (db Store) changeInfo(
	ctx context.Context,
	do access.Action,
	id uuid.UUID,
	form access.Form,
	lock string,
	decide func(access.Actor, recruitment.InfoSession) (func(*pgx.Batch), error),
) error {
	var i recruitment.InfoSession
	w := door.Act{Do: do, Subject: id, Form: form,
		Ask:   func(b *pgx.Batch) { door.One(b, &i, qInfo+`where i.id = @info `+lock, door.Args{"info": id}) },
		Found: func() bool { return i.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			queue, err := decide(a, i)
			return door.Change{Queue: queue}, err
		}}
	if lock != "" {
		w.Version = func() int { return i.Version }
	}
	return db.Write(ctx, w)
}

// AddGuests stores who was told of a session.
func (db Store) AddGuests(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, recruitment.InfoSession) ([]string, error),
) error {
	return db.changeInfo(ctx, access.InfoInform, id, form, "", func(a access.Actor, i recruitment.InfoSession) (func(*pgx.Batch), error) {
		names, err := decide(a, i)
		return func(b *pgx.Batch) {
			b.Queue(`insert into app.info_guest (org_id, id, info_id, name)
select
  @org,
  n.id,
  @info,
  n.name
from unnest(@ids::uuid[], @names::text[]) n (id, name)`,
				door.Args{"org": a.OrgID, "info": id, "ids": door.NewIDs(len(names)), "names": names})
		}, err
	})
}

// StoreGuests stores who came; a mark that stays the same keeps who set it and when.
func (db Store) StoreGuests(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	shown, came []uuid.UUID,
	decide func(access.Actor, recruitment.InfoSession) error,
) error {
	return db.changeInfo(ctx, access.InfoMark, id, form, "", func(a access.Actor, i recruitment.InfoSession) (func(*pgx.Batch), error) {
		return func(b *pgx.Batch) {
			b.Queue(`update app.info_guest
set came = id = any(coalesce(@came::uuid[], '{}')), marked_by = @by, marked_at = @now
where info_id = @info
  and id = any(@shown)
  and came is distinct from (id = any(coalesce(@came::uuid[], '{}')))`,
				door.Args{"info": id, "shown": shown, "came": came, "by": a.ID, "now": a.Now})
		}, decide(a, i)
	})
}

// EndInfoSession stores that a session is called off, by its host.
func (db Store) EndInfoSession(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, recruitment.InfoSession) error,
) error {
	return db.changeInfo(
		ctx,
		access.InfoCancel,
		id,
		form,
		"for update of i",
		func(a access.Actor, i recruitment.InfoSession) (func(*pgx.Batch), error) {
			return func(b *pgx.Batch) {
				b.Queue(`update app.info_session set cancelled_at = @now, version = version + 1 where id = @info`, door.Args{"info": id, "now": a.Now})
			}, decide(a, i)
		},
	)
}
