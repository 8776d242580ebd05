package demo

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"kuukausi/internal/programme"
	"kuukausi/internal/review"
)

const (
	veera = "veera.valmentava@example.org"
	kimmo = "kimmo.koordinoiva@example.org"
	eeva  = "eeva.ehkanen@example.org"
)

// running is the cohort in its second week, with the traps: a draft of 3.5 h a day, one unsigned by the authority, five
// days away without word, one who does not share their search, one without a site.
func (s *seeder) running(start time.Time) {
	s.cohort(Running, "Ryhmä 14", "Hämeenlinna", "running", start, veera, kimmo)
	days := programme.WorkingDays(start, 20, nil)
	sites := []int{4, 2, 3, 0, 6, 5, 2, 3, 1, 1}
	lastContact := []int{0, 6, 2, 0, 1, 3, 2, 4, 1, 1}
	counts := [][2]int{{7, 4}, {5, 6}, {3, 1}, {4, 2}, {9, 5}, {6, 3}, {8, 2}, {2, 3}, {5, 1}, {6, 7}}
	exceptions := []map[int]string{
		{31: "n"},
		{11: "i", 21: "i"},
		{51: "i", 61: "i"},
		{11: "i", 51: "n", 71: "i"},
		{71: "i"},
		{12: "i", 42: "l"},
		{41: "u", 42: "u", 51: "u", 52: "u", 61: "u", 62: "u", 71: "u", 72: "u", 81: "u", 82: "u", 91: "u", 92: "u", 101: "u", 102: "u"},
		{21: "l", 41: "i", 51: "n"},
		{21: "i"},
		{11: "n"},
	}
	var cases []uuid.UUID
	for i, p := range running {
		e := s.enrol(Running, 100+i, p, "active", start, eeva)
		cases = append(cases, e)
		if p.first == "Reijo" {
			s.preAssignments(e, veera, days[0], 0, 0, 1) // silent from the start
			s.exec(`insert into app.absence_inquiry (org_id, id, enrolment_id, through, answer, grounds, by_id, at)
values ($1, $2, $3, $4, 'no_reason', $5, $6, $7)`,
				s.org, s.next(), e, s.today.AddDate(0, 0, -1), "Soitettu kolmena päivänä ja lähetetty tekstiviesti. Ei vastausta.",
				s.users[veera], s.now.Add(-18*time.Hour))
		} else {
			s.preAssignments(e, veera, days[0], 3-i%2, i%2, 0)
		}
		if i%3 != 2 && p.goal != "" {
			s.goalCheck(
				e,
				veera,
				[]string{"on_way", "changes"}[i%2],
				[]string{
					"Ensimmäiset hakemukset lähtivät. Ensi viikolla soitetaan kahteen paikkaan.",
					"Haluaa kokeilla myös toista alaa ennen kuin päättää.",
				}[i%2],
				days[4].Add(11*time.Hour),
			)
		}
		switch site := sites[i]; {
		case p.first == "Raija": // 3.5 hours a day is unlawful: it stays a draft
			s.trial(100+i, e, site, "draft", days[0], days[19], 210, 1, false)
		case p.first == "Sanna": // the authority has not signed
			s.trial(100+i, e, site, "draft", days[0], days[19], 240, 2, false)
		case site > 0:
			t := s.trial(100+i, e, site, "active", days[0], days[19], 240, 3, false)
			s.contact(t, site, lastContact[i]+3, "visit")
			s.contact(t, site, lastContact[i], "call")
		}
		s.marks(e, Running, i, exceptions[i])
		s.steps(e, p.shared, counts[i][0], counts[i][1], s.interviews(exceptions[i], days))
		if p.first == "Tuulikki" {
			s.exec(`insert into app.goal (org_id, id, enrolment_id, number, kind, body, how, entered_by, at)
values (
  $1, $2, $3, 2, 'employment', 'Keittiöapulaiseksi kouluun tai päiväkotiin, mieluiten aamuvuoro', 'present', $4, $5)`,
				s.org, s.next(), e, s.users[veera], s.now.AddDate(0, 0, -4))
			s.account(e, p, "tuulikki.esimerkki@example.org", days[19])
			s.review(100+i, e, p, days[18], 750, "draft", review.Body{"goal": p.goal, "strengths": p.strengths}, 0)
		}
	}
	s.notes(cases, veera)
	s.promises(cases, veera)
	s.support(cases, veera)
	s.appointments(cases, days)
}

// account gives a participant their own login.
func (s *seeder) account(e uuid.UUID, p person, email string, until time.Time) {
	s.member(email, p.first+" "+p.last, "participant", "", p.lang)
	s.exec(`update app.participant
set account_id = (select id from app.account where email = $3)
where org_id = $1
  and id = (select participant_id from app.enrolment where org_id = $1 and id = $2)`, s.org, e, email)
	s.exec(`insert into app.enrolment_party (org_id, id, enrolment_id, user_id, kind, valid_from, valid_until)
values ($1, $2, $3, $4, 'participant', $5, $6)`,
		s.org, s.next(), e, s.users[email], s.now.AddDate(0, -2, 0), until.AddDate(0, 8, 0))
}

// finished is the cohort whose reviews are locked, with outcomes; one review lacks the expert, one person withdrew and one moved away.
func (s *seeder) finished(start time.Time) {
	s.cohort(Finished, "Ryhmä 13", "Hämeenlinna", "running", start, veera, kimmo)
	days := programme.WorkingDays(start, 20, nil)
	outcomes := []string{
		"employed_subsidised",
		"employed_open",
		"",
		"apprenticeship",
		"job_search_continues",
		"study_degree",
		"",
		"work_trial_continues",
		"employed_open",
		"",
	}
	kinds := []string{"pay_subsidy", "none_now", "", "none_now", "work_trial", "self_motivated_study", "", "work_trial", "none_now", ""}
	for i, p := range finished {
		state := "completed"
		switch i {
		case 2:
			state = "review" // lacks the expert
		case 6:
			state = "withdrawn"
		case 9:
			state = "moved"
		}
		left := state == "withdrawn" || state == "moved"
		e := s.enrol(Finished, 200+i, p, state, start, eeva)
		if !left {
			site := 1 + i%6
			t := s.trial(200+i, e, site, "ended", days[0], days[19], 240, 3, false)
			s.contact(t, site, 40-i, "visit")
		}
		exceptions := map[int]string{(i+2)*10 + 1: "n", 131: "i", 161: "v", 171: "v"}
		interviews := s.interviews(exceptions, days)
		s.marks(e, Finished, i, exceptions)
		s.steps(e, p.shared, 8+i, 10+i, interviews)
		if left {
			s.exec(`delete from app.attendance where org_id = $1 and enrolment_id = $2 and held_on > $3`, s.org, e, days[11])
			s.exec(`update app.enrolment set closed_at = $3 where org_id = $1 and id = $2`, s.org, e, days[12].Add(10*time.Hour))
			continue
		}
		body := review.Body{
			"goal":          p.goal,
			"goal_result":   "Tavoite selkeni ja eteni.",
			"own_words":     "Uskallan nyt soittaa itse työpaikoille.",
			"strengths":     p.strengths,
			"participation": "Valmennus 19/20, työkokeilu 20/20 merkityistä puolipäivistä.",
			"trial":         employers[i%6].name + ", 4 h päivässä. Työ sujui.",
			"obstacles":     "Ei yli 10 kg nostoja.",
			"support":       "Yhteydenpito valmentajaan neljän viikon ajan.",
			"next_steps":    "Hakemukset sovittuihin paikkoihin. Yhteys työnantajaan.",
			"timetable":     "Seuranta neljän viikon ja kuuden kuukauden päästä.",
			"monitoring":    "Omavalmentaja tarkistaa tilanteen työnhakukeskustelussa.",
			"requested":     "Työnantajan kanssa sovittu jatko.",
		}
		if p.shared {
			body["search"] = fmt.Sprintf("Hakemuksia %d, puheluja %d, haastatteluja %d.", 8+i, 10+i, len(interviews))
		}
		if i == 2 {
			s.review(200+i, e, p, days[18+i/5], 750+(i%5)*45, "ready", body, 2)
			continue
		}
		s.review(200+i, e, p, days[18+i/5], 750+(i%5)*45, "locked", body, 3)
		s.exec(`update app.enrolment set closed_at = $3 where org_id = $1 and id = $2`, s.org, e, days[19].Add(14*time.Hour))
		var from, to *time.Time
		if kinds[i] != "none_now" {
			a, b := days[19].AddDate(0, 0, 10), days[19].AddDate(0, 5, 10)
			if kinds[i] == "work_trial" {
				b = days[19].AddDate(0, 0, 38)
			}
			from, to = &a, &b
		}
		s.exec(`insert into app.decision (
  org_id, id, review_id, enrolment_id, kind, starts_on, ends_on, decided_on, grounds, by_id, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'Tukee suoraan osallistujan tavoitetta.', $9, $10)`,
			s.org, s.next(), id(10, 200+i), e, kinds[i], from, to, days[18], s.users[eeva], days[18].Add(11*time.Hour))
		s.exec(`insert into app.outcome (org_id, id, enrolment_id, kind, on_day, evidence, by_id, at)
values ($1, $2, $3, $4, $5, 'kertoi itse', $6, $7)`,
			s.org, s.next(), e, outcomes[i], days[19], s.users[veera], days[19].Add(13*time.Hour))
		if i%3 != 1 {
			s.exec(`insert into app.transfer_approval (org_id, id, review_id, enrolment_id, approved, how, by_id, at)
values ($1, $2, $3, $4, true, 'coach_device', $5, $6)`,
				s.org, s.next(), id(10, 200+i), e, s.users[veera], days[18].Add(12*time.Hour))
		}
	}
	s.exec(`update app.cohort set state = 'closed', closed_at = $3 where org_id = $1 and id = $2`, s.org, Finished, days[19].Add(15*time.Hour))
	s.exec(`update app.cohort_duty set valid_until = $3 where org_id = $1 and cohort_id = $2`, s.org, Finished, days[19].AddDate(0, 0, 31))
}

// ending is a month whose last week it is, with nobody's review booked yet.
func (s *seeder) ending(start time.Time) {
	c := id(2, 11)
	s.cohort(c, "Ryhmä 11", "Riihimäki", "running", start, "senni.sijainen@example.org", kimmo)
	for i, p := range ending {
		e := s.enrol(c, 320+i, p, "active", start, eeva)
		s.marks(e, c, i, map[int]string{(i+3)*10 + 1: "n"})
		s.steps(e, p.shared, 6+i, 5+i, nil)
	}
}

// review adds a review with one text; parties is how many have acknowledged, in the order participant, coach, expert.
func (s *seeder) review(n int, e uuid.UUID, p person, on time.Time, at int, state string, body review.Body, parties int) {
	r := id(10, n)
	s.exec(`insert into app.review (org_id, id, enrolment_id, meets_on, meets_at, place, state, number, created_at)
values ($1, $2, $3, $4, $5, 'Valmennustila, huone 3', $6, 1, $7)`, s.org, r, e, on, at, state, s.now)
	raw, err := json.Marshal(body)
	if err != nil && s.err == nil {
		s.err = err
	}
	written := on.AddDate(0, 0, -3).Add(12 * time.Hour)
	if written.After(s.now) {
		written = s.now.AddDate(0, 0, -1)
	}
	s.exec(`insert into app.review_version (org_id, review_id, number, enrolment_id, body, hash, lang, by_id, at)
values ($1, $2, 1, $3, $4, $5, $6, $7, $8)`, s.org, r, e, raw, body.Hash(programme.Headings, r, 1), p.lang, s.users[veera], written)
	for i, party := range []string{"participant", "coach", "expert"} {
		if i >= parties {
			break
		}
		how, who := "own_login", veera
		if party == "participant" {
			how = "coach_device"
		} else if party == "expert" {
			who = eeva
		}
		s.exec(`insert into app.review_acknowledgement (org_id, id, review_id, enrolment_id, number, party, how, hash, by_id, at)
values ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9)`,
			s.org, s.next(), r, e, party, how, body.Hash(programme.Headings, r, 1), s.users[who],
			on.Add(time.Duration(at+i*3)*time.Minute-2*time.Hour))
	}
}

// others are two more organisations: one with the same names, to show that they never meet.
func (s *seeder) others(models []programme.Model, texts map[string]map[string]string, monday time.Time) {
	s.organisation(OtherOrg, "Etelä-Häme (EHTA)", models, texts)
	s.member("veera@ehta.example.org", "Veera Valmentava", "coach", "", "fi")
	s.member("kimmo@ehta.example.org", "Kimmo Koordinoiva", "coordinator", "", "fi")
	s.member("eeva@ehta.example.org", "Eeva Ehkänen", "expert", "Etelä-Häme", "fi")
	s.member("aatu@ehta.example.org", "Aatu Ylläpitäjä", "admin", "", "fi")
	s.cohort(OtherCohort, "Ryhmä 14", "Riihimäki", "running", monday.AddDate(0, 0, -7), "veera@ehta.example.org", "kimmo@ehta.example.org")
	for i, p := range running[:3] {
		e := s.enrol(OtherCohort, 900+i, p, "active", monday.AddDate(0, 0, -7), "eeva@ehta.example.org")
		s.marks(e, OtherCohort, i, nil)
		s.preAssignments(e, "veera@ehta.example.org", monday.AddDate(0, 0, -7), 3, 0, 0)
	}
	s.organisation(ThirdOrg, "Malliseudun kuntayhtymä", models, texts)
	s.member("kaisa.kahdessa@example.org", "Kaisa Kahdessa", "coach", "", "fi")
	s.member("stina@malliseutu.example.org", "Stina Samordnad", "coordinator", "", "sv")
}

// Enrolment is the case of the n-th person of the running cohort, in alphabetical order of first names.
func Enrolment(n int) uuid.UUID { return id(3, 100+n) }

// FinishedEnrolment, Review, Trial, Site name what tests open.
func FinishedEnrolment(n int) uuid.UUID    { return id(3, 200+n) }
func Review(n int) uuid.UUID               { return id(10, n) }
func Trial(n int) uuid.UUID                { return id(8, n) }
func Site(n int) uuid.UUID                 { return id(5, n) }
func SitePerson(n int) uuid.UUID           { return id(6, n) }
func Info(n int) uuid.UUID                 { return id(11, n) }
func OtherEnrolment(n int) uuid.UUID       { return id(3, 900+n) }
func Recruit(n int) uuid.UUID              { return id(3, 400+n) }
func OtherCoachsEnrolment(n int) uuid.UUID { return id(3, 300+n) }
