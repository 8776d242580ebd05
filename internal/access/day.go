package access

import (
	"time"
	_ "time/tzdata" // Europe/Helsinki must be known on any machine, a scratch image too
)

// Helsinki is where days begin and end for the users.
var Helsinki = func() *time.Location {
	l, err := time.LoadLocation("Europe/Helsinki")
	if err != nil {
		panic(err) // tzdata is linked in
	}
	return l
}()

// Day is the calendar day of a moment in Helsinki, as midnight UTC: the form in which every date travels here.
func Day(t time.Time) time.Time {
	y, m, d := t.In(Helsinki).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Start is the moment a day begins in Helsinki.
func Start(day time.Time) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Helsinki)
}

// Minute is the minute of the day of a moment in Helsinki.
func Minute(t time.Time) int { t = t.In(Helsinki); return t.Hour()*60 + t.Minute() }

// Today is the actor's day.
func (a Actor) Today() time.Time { return Day(a.Now) }

// Today is the visit's day.
func (v *Visit) Today() time.Time { return Day(v.Now) }
