package demo

// The people and places of the demo: clearly fictitious (internal/domain.md, h7). Ages are computed from the day of seeding, so
// that what each is there to show stays true. No phone number here can be called: 000 is not given out.

type person struct {
	first, last, muni, lang string
	age                     int
	goal, kind, strengths   string
	shared                  bool
}

var running = []person{
	{
		"Aino",
		"Kuvitelma",
		"Forssa",
		"fi",
		62,
		"Toimistotyötä, osa-aika käy",
		"employment",
		"Pitkä kokemus toimistosta · rauhallinen · tarkka numeroiden kanssa",
		true,
	},
	{
		"Joni",
		"Kokeilas",
		"Hämeenlinna",
		"fi",
		36,
		"Varastotyöhön, trukkikortti on",
		"employment",
		"Trukkikortti · tulee ajoissa · oppii tekemällä",
		true,
	},
	{
		"Leila",
		"Harjoitus",
		"Hämeenlinna",
		"sv",
		50,
		"Hoiva-alalle, ruotsi on vahvuus",
		"study",
		"Kaksi kieltä · kuuntelee · hoitanut omaisia",
		true,
	},
	{
		"Matti",
		"Malliainen",
		"Hattula",
		"fi",
		55,
		"Varastoon tai kuljetukseen",
		"employment",
		"Tuntee alueen yritykset · kätevä käsistään",
		true,
	},
	{
		"Pekka",
		"Testinen",
		"Hämeenlinna",
		"fi",
		47,
		"Asennustyötä ilman raskaita nostoja",
		"employment",
		"Lukee piirustuksia · neuvoo nuorempia · huolellinen",
		true,
	},
	{
		"Raija",
		"Keksitty",
		"Jokioinen",
		"fi",
		65,
		"Ohjaavaa työtä osa-aikaisesti",
		"step",
		"Osaa opettaa · kärsivällinen · laaja verkosto",
		true,
	},
	{"Reijo", "Näytelä", "Tammela", "fi", 60, "Kuljettajaksi takaisin", "employment", "Kaikki ajokortit · tuntee tiet", false},
	{
		"Sanna",
		"Demola",
		"Hattula",
		"fi",
		44,
		"Lähihoitajaksi opiskelemaan",
		"study",
		"Kohtaa ihmiset · muistaa nimet · jaksaa kiireessä",
		true,
	},
	{
		"Tuulikki",
		"Esimerkki",
		"Hämeenlinna",
		"fi",
		58,
		"Keittiöapulaiseksi kouluun tai päiväkotiin",
		"employment",
		"Tarkka ja nopea · hyvä asiakkaiden kanssa · hygieniapassi",
		true,
	},
	{
		"Venla",
		"Varasija",
		"Hämeenlinna",
		"fi",
		24,
		"Ensimmäinen oikea työpaikka",
		"employment",
		"Nopea oppimaan · kielitaito · some hallussa",
		true,
	},
}

var finished = []person{
	{"Armas", "Aavistus", "Hämeenlinna", "fi", 53, "Kiinteistönhoitoon", "employment", "Monitaitoinen · omatoiminen", true},
	{"Helmi", "Harjoitelma", "Janakkala", "fi", 41, "Kaupan kassalle", "employment", "Iloinen · nopea laskemaan", true},
	{"Kalle", "Keksinen", "Hattula", "fi", 38, "Logistiikkaan", "employment", "Täsmällinen · vahva", true},
	{"Lempi", "Luonnos", "Forssa", "fi", 49, "Oppisopimus ompelimoon", "study", "Kädentaidot · silmä väreille", true},
	{"Oili", "Olematon", "Humppila", "fi", 57, "Osa-aikaista siivoustyötä", "employment", "Huolellinen · itsenäinen", true},
	{"Siiri", "Sepitelmä", "Hämeenlinna", "fi", 33, "Lähihoitajakoulutukseen", "study", "Empaattinen · oppii nopeasti", true},
	{"Tauno", "Tekaistu", "Ypäjä", "fi", 61, "Talonmieheksi", "employment", "Korjaa mitä vain · tunnettu kylällä", false},
	{"Urho", "Uusimalli", "Hämeenlinna", "fi", 24, "Suunta selväksi", "step", "Peliosaaminen · englanti", true},
	{"Veikko", "Vertaus", "Hattula", "fi", 46, "Metallialalle takaisin", "employment", "Hitsarin pätevyys · tarkka", true},
	{"Milja", "Muualla", "Janakkala", "fi", 44, "Puutarhatöihin", "employment", "Viherpeukalo · puhelias", true},
}

var recruiting = []person{
	{"Eero", "Esimerkillinen", "Hämeenlinna", "fi", 43, "", "", "", false},
	{"Fanni", "Fiktio", "Hattula", "fi", 35, "Asiakaspalveluun", "employment", "Puhelias · reipas", false},
	{"Gunnar", "Gissad", "Forssa", "sv", 51, "", "", "", false},
	{"Hilja", "Haavekuva", "Tammela", "fi", 56, "", "", "", false},
	{"Iivari", "Ihannekuva", "Hämeenlinna", "fi", 39, "", "", "", false},
	{"Jenny", "Jaettu", "Janakkala", "fi", 47, "", "", "", false},
}

var otherCoach = []person{
	{"Kerttu", "Kulissi", "Forssa", "fi", 45, "Puutarhalle töihin", "employment", "Viherpeukalo", true},
	{"Lauri", "Lavaste", "Forssa", "fi", 52, "Linja-autoon", "employment", "Rauhallinen", true},
	{"Maija", "Mielikuva", "Jokioinen", "fi", 37, "Toimistoon", "employment", "Järjestelmällinen", true},
}

type employer struct {
	name, id, muni, tasks, person, phone string
	kind, field                          string
	places                               int // in this month and the next ones
}

var employers = []employer{
	{
		"Leipomo Kuvitelma Oy",
		"0000001-9",
		"Hämeenlinna",
		"Leipomotyö, pakkaus, keittiöapu",
		"Liisa Leivontainen",
		"000 000 0001",
		"company",
		"kitchen",
		2,
	},
	{
		"Vanajan Mallivarasto Oy",
		"0000002-7",
		"Hämeenlinna",
		"Keräily, trukkityö, lähetykset",
		"Ville Varastoitu",
		"000 000 0002",
		"company",
		"warehouse",
		3,
	},
	{
		"Esimerkkikoti Lehmus ry",
		"0000003-5",
		"Hattula",
		"Hoiva-avustajan tehtävät, keittiö",
		"Hanna Huomaavainen",
		"000 000 0003",
		"community",
		"care",
		2,
	},
	{
		"Demokirjasto",
		"0000004-3",
		"Hämeenlinna",
		"Asiakaspalvelu, aineiston käsittely",
		"Kaino Kirjallinen",
		"000 000 0004",
		"municipality",
		"culture",
		1,
	},
	{
		"Aulangon Testipuutarha Tmi",
		"0000005-1",
		"Hämeenlinna",
		"Taimien hoito, myynti",
		"Tarmo Taimi",
		"000 000 0005",
		"sole_trader",
		"garden",
		0,
	},
	{
		"Linnan Harjoitushuolto Oy",
		"0000007-8",
		"Hämeenlinna",
		"Kevyet asennukset, varaosat",
		"Heikki Huollettu",
		"000 000 0007",
		"company",
		"industry",
		2,
	},
}

var ending = []person{
	{"Anselmi", "Alustava", "Riihimäki", "fi", 39, "Ravintolakokiksi", "employment", "Ammattitaito · kestää kiirettä", true},
	{"Birgitta", "Bildad", "Riihimäki", "sv", 52, "Kirjanpitoon", "employment", "Tarkka · kaksi kieltä", true},
	{"Eetu", "Esitelmä", "Hausjärvi", "fi", 27, "Sähköalan oppisopimus", "study", "Utelias · kädentaidot", true},
	{"Hilma", "Hahmotelma", "Loppi", "fi", 45, "Asiakaspalveluun", "employment", "Ystävällinen · rauhallinen", false},
}
