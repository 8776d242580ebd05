package account

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
	"kuukausi/internal/postgres/door"
)

// KeepDraft stores what the actor has typed so far; the same form's earlier draft is replaced, and so is the one it was
// taken up from. Their drafts of more than thirty days ago go at the same time.
func (db Store) KeepDraft(
	ctx context.Context,
	form, resumed uuid.UUID,
	page string,
	fields map[string][]string,
	auto bool,
) (uuid.UUID, error) {
	var sent []int
	id := form
	err := db.Write(ctx, door.Act{Do: access.DraftSave, Subject: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &sent, `select count(*)::int from app.form f where f.id = @id`, door.Args{"id": form})
		},
		Decide: func(a access.Actor) (door.Change, error) {
			if len(sent) > 0 && sent[0] > 0 {
				if id = door.NewID(); auto {
					id = uuid.Nil
				}
			}
			return door.Change{Queue: func(b *pgx.Batch) {
				if id == uuid.Nil {
					return
				}
				if resumed != id {
					b.Queue(door.EndDraft, door.Args{"form": resumed, "resumed": resumed})
				}
				b.Queue(`insert into app.draft (id, page, fields)
values (@id, @page, @fields)
on conflict (org_id, actor_id, id) do update
set page = excluded.page, fields = excluded.fields, at = excluded.at`, door.Args{"id": id, "page": page, "fields": fields})
				b.Queue(`delete from app.draft
where at < @now::timestamptz - interval '30 days'
  or id in (select d.id from app.draft d order by d.at desc offset @most)`, door.Args{"now": a.Now, "most": account.MostDrafts})
			}}, nil
		}})
	return id, err
}

// DropDraft deletes a draft of the actor's own.
func (db Store) DropDraft(ctx context.Context, form uuid.UUID) error {
	return db.Write(ctx, door.Act{Do: access.DraftDrop, Subject: form,
		Decide: func(access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) { b.Queue(door.EndDraft, door.Args{"form": form, "resumed": form}) }}, nil
		}})
}

// KeepLate stores the form that came with an ended session as a draft of the membership it belonged to, and tells
// whether it could: after a sign-out nobody knows any more whose it was.
func (db Store) KeepLate(ctx context.Context, form uuid.UUID, page string, fields map[string][]string) (bool, error) {
	v := access.From(ctx)
	return yes(door.Call[answer](ctx, db.DB, `select app.draft_late(@token, @form, @page, @fields, @now)`,
		door.Args{"token": v.Token, "form": form, "page": page, "fields": fields, "now": v.Now}))
}
