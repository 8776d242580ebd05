package casework

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/casework"
	"kuukausi/internal/postgres/door"
)

// EditProfile stores the strengths and whether the job-search log is shared; a trigger carries the sharing to each step.
func (db Store) EditProfile(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, casework.Case) (casework.Profile, error),
) error {
	return db.changeCase(ctx, access.ProfileEdit, id, form, func(a access.Actor, c casework.Case) (func(*pgx.Batch), error) {
		p, err := decide(a, c)
		return func(b *pgx.Batch) {
			b.Queue(
				`update app.participant
set
  strengths = @strengths,
  municipality = case when protected then '' else @muni end,
  phone = case when protected then '' else @phone end,
  email = case when protected then '' else @email end,
  no_phone = @no_phone,
  version = version + 1
where id = @id`,
				door.Args{
					"no_phone":  p.NoPhone,
					"strengths": p.Strengths,
					"muni":      p.Municipality,
					"phone":     p.Phone,
					"email":     p.Email,
					"id":        c.ParticipantID,
				},
			)
			b.Queue(
				`update app.enrolment set search_shared = @shared, version = version + 1 where id = @id`,
				door.Args{"shared": p.SearchShared, "id": id},
			)
		}, err
	})
}
