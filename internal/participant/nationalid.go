package participant

import (
	"strconv"
	"strings"
	"time"

	"kuukausi/internal/fault"
	"kuukausi/internal/text"
)

// NationalID is a personal identity code (henkilötunnus): ddmmyy, a separator, three digits and a check character. The
// separator belongs to it: two codes may differ in nothing else.
type NationalID string

// The separators and the century each stands for (VNA 128/2010 2 § as amended by 690/2022).
var centuries = map[byte]int{
	'-': 1900,
	'Y': 1900,
	'X': 1900,
	'W': 1900,
	'V': 1900,
	'U': 1900,
	'A': 2000,
	'B': 2000,
	'C': 2000,
	'D': 2000,
	'E': 2000,
	'F': 2000,
}

const checks = "0123456789ABCDEFHJKLMNPRSTUVWXY"

// ReadNationalID reads a typed code: length, date, separator and check character have to be right (E_NATIONAL_ID).
func ReadNationalID(s string) (NationalID, error) {
	s = strings.ReplaceAll(strings.ToUpper(text.Hyphens(text.Line(s))), " ", "")
	wrong := fault.One("national_id", "E_NATIONAL_ID")
	if len(s) != 11 {
		return "", wrong
	}
	n, err := strconv.Atoi(s[:6] + s[7:10])
	if err != nil || strings.ContainsAny(s[:6]+s[7:10], "+-") || s[10] != checks[n%31] {
		return "", wrong
	}
	if number, _ := strconv.Atoi(s[7:10]); number < 2 {
		return "", wrong
	}
	id := NationalID(s)
	if id.BornOn().IsZero() {
		return "", wrong
	}
	return id, nil
}

// LooksLikeNationalID tells whether somebody typed a code into a search for names.
func LooksLikeNationalID(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 10 || len(s) > 13 {
		return false
	}
	for _, c := range s[:6] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// BornOn is the day of birth the code tells, the zero time when there is no such day.
func (id NationalID) BornOn() time.Time {
	century, ok := centuries[id[6]]
	if !ok {
		return time.Time{}
	}
	d, err := time.Parse("02012006", string(id[:4])+strconv.Itoa(century+int(id[4]-'0')*10+int(id[5]-'0')))
	if err != nil {
		return time.Time{}
	}
	return d
}

// IsTest tells whether the code is of the range no person is given (900–999).
func (id NationalID) IsTest() bool { return id[7] == '9' }

// Masked is what a screen shows of a code: the day of birth, which stands beside it anyway.
func Masked(born time.Time) string { return born.Format("020106") + "-****" }
