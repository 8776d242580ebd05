package demo

import "github.com/google/uuid"

// What the coach has written of the people of the running cohort, by their order.
var notes = []struct {
	person, daysAgo     int
	body, level, source string
	notInReview         bool
}{
	{
		0,
		9,
		"Aloitti rohkeasti: kertoi ryhmälle kolmesta työpaikasta, joissa viihtyi. Toivoo rauhallista perehdytystä.",
		"case",
		"participant",
		false,
	},
	{1, 6, "Sopi haastattelun tiistaiksi. Harjoiteltiin kysymyksiä pareittain, ja kertoo nyt tauosta luontevasti.", "shared", "coach", false},
	{2, 5, "Työpaikan mukaan tarkka ja huolellinen. Seuraava askel: kokeilee varaston vastaanottoa.", "case", "site", false},
	{3, 2, "Kysy huomenna, miten puhelu työnantajalle meni.", "private", "coach", true},
	{8, 4, "Löysi verkostostaan kaksi piilotyöpaikkaa ja soittaa molempiin tällä viikolla.", "shared", "participant", false},
	{5, 3, "Bussi kulkee huonosti aamuvuoroon; sovittiin, että aloitus on klo 8.30.", "case", "participant", true},
	{6, 1, "Ei ole tullut paikalle eikä vastannut puhelimeen. Laitoin viestin ja soitan vielä iltapäivällä.", "case", "coach", true},
	{4, 8, "Selkä rajaa: voi nostaa enintään 10 kg. Kokoonpanotyö ja työnjohto kiinnostavat.", "case", "participant", false},
	{9, 7, "Ohjasi ryhmässä muita hakemuksen kanssa: ohjaaminen on vahvuus, jota ei ollut itse huomannut.", "shared", "coach", false},
}

// notes fills the cases of the running cohort, also with one note for everybody.
func (s *seeder) notes(cases []uuid.UUID, coach string) {
	for _, n := range notes {
		s.note(cases[n.person], coach, n.daysAgo, n.body, n.level, n.source, !n.notInReview, nil)
	}
	batch := s.next()
	for _, e := range cases {
		s.note(
			e,
			coach,
			5,
			"Perjantain työpaja: kirjoitettiin kaksi hakemusta ja sovittiin, kumman kukin lähettää viikonloppuna.",
			"shared",
			"coach",
			true,
			&batch,
		)
	}
}

func (s *seeder) note(e uuid.UUID, by string, daysAgo int, body, level, source string, inReview bool, batch *uuid.UUID) {
	s.exec(`insert into app.note (org_id, id, enrolment_id, body, visibility, source, in_review, batch_id, written_by, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.org, s.next(), e, body, level, source, inReview, batch, s.users[by], s.now.AddDate(0, 0, -daysAgo))
}
