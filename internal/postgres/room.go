package postgres

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
)

const qRooms = `select r.id, r.name, r.place, r.seats, r.computers, r.version from app.room r order by r.name collate "fi-x-icu", r.id limit 200`

// qWhere is where meeting @meeting, or all of cohort @cohort, takes place, what else there is to choose, and the closed
// days: one row.
const qWhere = `select x.places_taken::int people, x.room_id, coalesce((select jsonb_agg(jsonb_build_object('ID', r.id, 'Name', r.name, 'Place', r.place, 'Seats', r.seats, 'Computers', r.computers) order by r.name collate "fi-x-icu", r.id) from app.room r), '[]') rooms,
  coalesce((select array_agg(d.day order by d.day) from app.closed_day d), '{}') closed
from (select c.places_taken, c.room_id from app.cohort c where c.id = @cohort
  union all select c.places_taken, coalesce(m.room_id, c.room_id) from app.meeting m join app.cohort c on c.org_id = m.org_id and c.id = m.cohort_id where m.id = @meeting) x`

// Rooms are the organisation's rooms.
func (db *DB) Rooms(ctx context.Context) ([]cohort.Room, error) {
	var out []cohort.Room
	err := db.read(ctx, question{do: access.RoomList, ask: func(b *pgx.Batch) { list(b, &out, qRooms, nil) }})
	return out, err
}

// StoreRoom stores a room, a new one for Nil; refused is what the room's own rule says of the form.
func (db *DB) StoreRoom(ctx context.Context, id uuid.UUID, form access.Form, f cohort.RoomForm, refused error) error {
	a := args{"id": id, "name": f.Name, "place": f.Place, "seats": f.Seats, "computers": f.Computers}
	if id == uuid.Nil {
		return db.write(ctx, act{do: access.RoomSave, subject: form.ID, form: form, decide: func(actor access.Actor) (change, error) {
			a["org"], a["id"] = actor.OrgID, form.ID
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.room (org_id, id, name, place, seats, computers) values (@org, @id, @name, @place, @seats, @computers)`, a)
			}}, refused
		}})
	}
	var versions []int
	return db.write(ctx, act{do: access.RoomSave, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &versions, `select r.version from app.room r where r.id = @id for update`, args{"id": id})
		},
		found:   func() bool { return len(versions) > 0 },
		version: func() int { return versions[0] },
		decide: func(access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) {
				b.Queue(`update app.room set name = @name, place = @place, seats = @seats, computers = @computers, version = version + 1 where id = @id`, a)
			}}, refused
		}})
}

// SetRoom stores where a cohort meets, or one meeting of it; room Nil takes it back.
func (db *DB) SetRoom(ctx context.Context, of, meeting uuid.UUID, form access.Form, room uuid.UUID) error {
	do, table, id := access.RoomSet, "cohort", of
	if meeting != uuid.Nil {
		do, table, id = access.MeetingRoomSet, "meeting", meeting
	}
	var versions []int
	return db.write(ctx, act{do: do, subject: id, form: form,
		ask: func(b *pgx.Batch) {
			values(b, &versions, sqlf(`select x.version from app.%s x where x.id = @id for update`, table), args{"id": id})
		},
		found:   func() bool { return len(versions) > 0 },
		version: func() int { return versions[0] },
		decide: func(access.Actor) (change, error) {
			return change{queue: func(b *pgx.Batch) {
				b.Queue(sqlf(`update app.%s set room_id = @room, version = version + 1 where id = @id`, table), args{"id": id, "room": orNull(room)})
			}}, nil
		}})
}
