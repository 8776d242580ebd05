package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/account"
)

var _ account.Drafts = (*DB)(nil)

// KeepDraft stores what the actor has typed so far; the same form's earlier draft is replaced. Their drafts of more than
// thirty days ago go at the same time.
func (db *DB) KeepDraft(ctx context.Context, form uuid.UUID, page string, fields map[string][]string) error {
	return db.write(ctx, act{do: access.DraftSave, subject: form,
		decide: func(a access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) {
				// not of a form that was sent meanwhile: a late autosave must not bring it back
				b.Queue(`insert into app.draft (id, page, fields) select @id, @page, @fields where not exists (select from app.form f where f.id = @id)
on conflict (org_id, actor_id, id) do update set page = excluded.page, fields = excluded.fields, at = excluded.at`, args{"id": form, "page": page, "fields": fields})
				b.Queue(`delete from app.draft where at < @now::timestamptz - interval '30 days'`, args{"now": a.Now})
			}}, nil
		}})
}

// DropDraft deletes a draft of the actor's own.
func (db *DB) DropDraft(ctx context.Context, form uuid.UUID) error {
	return db.write(ctx, act{do: access.DraftDrop, subject: form,
		decide: func(access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) { b.Queue(qDraftEnd, args{"form": form}) }}, nil
		}})
}

// KeepLate stores the form that came with an ended session as a draft of the membership it belonged to, and tells
// whether it could: after a sign-out nobody knows any more whose it was.
func (db *DB) KeepLate(ctx context.Context, form uuid.UUID, page string, fields map[string][]string) (bool, error) {
	v := access.From(ctx)
	return yes(door[answer](ctx, db, `select app.draft_late(@token, @form, @page, @fields, @now)`,
		args{"token": v.Token, "form": form, "page": page, "fields": fields, "now": v.Now}))
}
