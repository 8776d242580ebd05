package casework

import (
	"context"

	"github.com/google/uuid"

	"kuukausi/internal/access"
)

// EndPromise notes that a promise was done, and answers whose case it is.
func (db Store) EndPromise(ctx context.Context, id uuid.UUID, form access.Form) (uuid.UUID, error) {
	return db.Settle(ctx, access.PromiseKeep, id, form, `select
  o.enrolment_id "of",
  array[o.enrolment_id] cases,
  o.version,
  o.done_at is not null done
from app.promise o
where o.id = @id
for update`,
		`update app.promise set done_at = @now, done_by = @by, version = version + 1 where id = @id`)
}
