package cohort

import (
	"context"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"kuukausi/internal/access"
	"kuukausi/internal/cohort"
	"kuukausi/internal/postgres/door"
)

// The marks of a month come folded: from the table for who marks, from app.absence_marks for the expert.
var (
	qInquiryMarks = `select coalesce(a.marks, x.marks, '')
from app.enrolment e
cross join lateral (` + door.AbsenceFold + `) x
left join app.absence_marks() a on a.enrolment_id = e.id
where e.id = @enrolment`
	qInquiryLimit   = door.Q(`select coalesce(app.law_number('absence_flag_days', {today})::int, 0)`)
	qInquiryAnswers = `select i.through, i.answer, i.grounds, m.name by, i.at
from app.absence_inquiry i
join app.membership m on m.org_id = i.org_id and m.id = i.by_id
where i.enrolment_id = @enrolment
order by i.at desc, i.id desc
limit 50`
)

// askInquiry queues what an inquiry is made of, and returns what puts it together once it is read.
func askInquiry(b *pgx.Batch, id uuid.UUID, q *cohort.Inquiry) func(access.Actor) {
	var marks []string
	var limit []int
	a := door.Args{"enrolment": id}
	door.One(b, &q.Case, door.Case(door.NoGoals, ""), a)
	door.Values(b, &marks, qInquiryMarks, a)
	door.Values(b, &limit, qInquiryLimit, nil)
	door.List(b, &q.Answers, qInquiryAnswers, a)
	return func(who access.Actor) {
		if len(marks) > 0 && len(limit) > 0 {
			q.Limit = limit[0]
			q.Put(cohort.ParseMarkedDays(marks[0]), who.Role)
		}
	}
}

// Inquiry is a person's absence in a row with what was found out about it.
func (db Store) Inquiry(ctx context.Context, id uuid.UUID) (cohort.Inquiry, error) {
	var q cohort.Inquiry
	put := func(access.Actor) {}
	err := db.Read(ctx, door.Question{
		Do:      access.InquiryView,
		Subject: id,
		Scope:   door.ScopeEnrolment,
		Found:   func() bool { return q.Case.ID == id },
		Ask:     func(b *pgx.Batch) { put = askInquiry(b, id, &q) },
	})
	put(access.From(ctx).Actor)
	return q, err
}

// AnswerInquiry stores an answer. Two at the same moment are two answers about the same days, and both are shown.
func (db Store) AnswerInquiry(
	ctx context.Context,
	id uuid.UUID,
	form access.Form,
	decide func(access.Actor, cohort.Inquiry) (cohort.Answer, error),
) error {
	var q cohort.Inquiry
	put := func(access.Actor) {}
	return db.Write(ctx, door.Act{Do: access.InquiryAnswer, Subject: id, Form: form,
		Ask:   func(b *pgx.Batch) { put = askInquiry(b, id, &q) },
		Found: func() bool { return q.Case.ID == id },
		Decide: func(a access.Actor) (door.Change, error) {
			put(a)
			x, err := decide(a, q)
			return door.Change{Enrolments: []uuid.UUID{id}, Queue: func(b *pgx.Batch) {
				b.Queue(`insert into app.absence_inquiry (org_id, id, enrolment_id, through, answer, grounds)
values (@org, @id, @enrolment, @through, @answer, @grounds)`, door.Args{
					"org": a.OrgID, "id": form.ID, "enrolment": id, "through": x.Through, "answer": x.Answer, "grounds": x.Grounds,
				})
			}}, err
		}})
}
