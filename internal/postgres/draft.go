package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
)

var _ account.Drafts = (*DB)(nil)

// KeepDraft stores what the actor has typed so far; the same form's earlier draft is replaced, and so is the one it was
// taken up from. Their drafts of more than thirty days ago go at the same time.
func (db *DB) KeepDraft(ctx context.Context, form, resumed uuid.UUID, page string, fields map[string][]string, auto bool) (uuid.UUID, error) {
	var sent []int
	id := form
	err := db.write(ctx, act{do: access.DraftSave, subject: form,
		ask: func(b *pgx.Batch) {
			values(b, &sent, `select count(*)::int from app.form f where f.id = @id`, args{"id": form})
		},
		decide: func(a access.Actor) (change, error) {
			if len(sent) > 0 && sent[0] > 0 {
				if id = newID(); auto {
					id = uuid.Nil
				}
			}
			return change{queue: func(b *pgx.Batch) {
				if id == uuid.Nil {
					return
				}
				if resumed != id {
					b.Queue(qDraftEnd, args{"form": resumed, "resumed": resumed})
				}
				b.Queue(`insert into app.draft (id, page, fields) values (@id, @page, @fields)
on conflict (org_id, actor_id, id) do update set page = excluded.page, fields = excluded.fields, at = excluded.at`, args{"id": id, "page": page, "fields": fields})
				b.Queue(`delete from app.draft where at < @now::timestamptz - interval '30 days'`, args{"now": a.Now})
			}}, nil
		}})
	return id, err
}

// DropDraft deletes a draft of the actor's own.
func (db *DB) DropDraft(ctx context.Context, form uuid.UUID) error {
	return db.write(ctx, act{do: access.DraftDrop, subject: form,
		decide: func(access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) { b.Queue(qDraftEnd, args{"form": form, "resumed": form}) }}, nil
		}})
}

// KeepLate stores the form that came with an ended session as a draft of the membership it belonged to, and tells
// whether it could: after a sign-out nobody knows any more whose it was.
func (db *DB) KeepLate(ctx context.Context, form uuid.UUID, page string, fields map[string][]string) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.draft_late(@token, @form, @page, @fields, @now)`,
		args{"token": v.Token, "form": form, "page": page, "fields": fields, "now": v.Now}))
}
