package schedule

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/postgres/door"
	"kuukausi/internal/schedule"
)

const qRooms = `select
  r.id,
  r.name,
  r.place,
  r.seats,
  r.computers,
  r.version
from app.room r
order by r.name collate "fi-x-icu", r.id
limit 200`

// Rooms are the organisation's rooms.
func (db Store) Rooms(ctx context.Context) ([]schedule.Room, error) {
	var out []schedule.Room
	err := db.Read(ctx, door.Question{Do: access.RoomList, Ask: func(b *pgx.Batch) { door.List(b, &out, qRooms, nil) }})
	return out, err
}

// StoreRoom stores a room, a new one for Nil; refused is what the room's own rule says of the form.
func (db Store) StoreRoom(ctx context.Context, id uuid.UUID, form access.Form, f schedule.RoomForm, refused error) error {
	a := door.Args{"id": id, "name": f.Name, "place": f.Place, "seats": f.Seats, "computers": f.Computers}
	if id == uuid.Nil {
		return db.Write(ctx, door.Act{Do: access.RoomSave, Subject: form.ID, Form: form, Decide: func(actor access.Actor) (door.Change, error) {
			a["org"], a["id"] = actor.OrgID, form.ID
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.room (org_id, id, name, place, seats, computers)
values (@org, @id, @name, @place, @seats, @computers)`, a)
			}}, refused
		}})
	}
	var versions []int
	return db.Write(ctx, door.Act{Do: access.RoomSave, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &versions, `select r.version from app.room r where r.id = @id for update`, door.Args{"id": id})
		},
		Found:   func() bool { return len(versions) > 0 },
		Version: func() int { return versions[0] },
		Decide: func(access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(`update app.room
set
  name = @name,
  place = @place,
  seats = @seats,
  computers = @computers,
  version = version + 1
where id = @id`, a)
			}}, refused
		}})
}

// SetRoom stores where a cohort meets, or one meeting of it; room Nil takes it back.
func (db Store) SetRoom(ctx context.Context, of, meeting uuid.UUID, form access.Form, room uuid.UUID) error {
	do, table, id := access.RoomSet, "cohort", of
	if meeting != uuid.Nil {
		do, table, id = access.MeetingRoomSet, "meeting", meeting
	}
	var versions []int
	return db.Write(ctx, door.Act{Do: do, Subject: id, Form: form,
		Ask: func(b *pgx.Batch) {
			door.Values(b, &versions, door.Sqlf(`select x.version from app.%s x where x.id = @id for update`, table), door.Args{"id": id})
		},
		Found:   func() bool { return len(versions) > 0 },
		Version: func() int { return versions[0] },
		Decide: func(access.Actor) (door.Change, error) {
			return door.Change{Queue: func(b *pgx.Batch) {
				b.Queue(
					door.Sqlf(`update app.%s set room_id = @room, version = version + 1 where id = @id`, table),
					door.Args{"id": id, "room": door.OrNull(room)},
				)
			}}, nil
		}})
}
