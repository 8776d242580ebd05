package partner

import (
	"net/http"
	"strconv"

	"github.com/xuri/excelize/v2"

	"kuukausi/internal/access"
	"kuukausi/internal/locale"
	"kuukausi/internal/partner"
	"kuukausi/internal/server/core"
)

// ledgerRows are the rows the filter of the URL lets through, as texts in the reader's language, the head first.
func (s Handlers) ledgerRows(r *http.Request) ([][]string, error) {
	all, err := s.Partner.ExportEmployers(r.Context())
	if err != nil {
		return nil, err
	}
	p, today := s.Printer(r), access.From(r.Context()).Today()
	head := []string{
		"employer.name",
		"employer.business_id",
		"employer.kind",
		"site.name",
		"site.municipality",
		"site.field",
		"site.tasks",
		"ledger.free",
		"ledger.tried",
		"site.active",
		"ledger.ended",
		"ledger.cancelled",
		"ledger.hired",
		"ledger.owner",
		"site.last_contact",
		"ledger.limit",
		"site.cooled_until",
	}
	rows := [][]string{{}}
	for _, k := range head {
		rows[0] = append(rows[0], p.T(k))
	}
	for _, l := range ledgerFilter(r).Of(all, today) {
		rows = append(rows, ledgerRow(p, l))
	}
	return rows, nil
}

func ledgerRow(p *locale.Printer, l partner.Listed) []string {
	n := strconv.Itoa
	code := func(prefix, v string) string {
		if v == "" {
			return ""
		}
		return p.T(prefix + v)
	}
	row := []string{
		l.Employer,
		l.BusinessID,
		code("organiser_kind.", l.Kind),
		l.SiteName,
		l.Muni,
		code("field.", l.Field),
		l.Tasks,
		"",
		n(l.People),
		n(l.Active),
		n(l.Ended),
		n(l.Cancelled),
		n(l.Hired),
		l.Owner,
		"",
		"",
		"",
	}
	if l.Free != nil {
		row[7] = n(*l.Free)
	}
	if l.LastContact != nil {
		row[14] = p.Numeric(*l.LastContact)
	}
	if l.ContactLimit > 0 {
		row[15] = n(l.ContactLimit)
	}
	if l.CooledUntil != nil {
		row[16] = p.Numeric(*l.CooledUntil)
	}
	return row
}

func (s Handlers) exportCSV(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.ledgerRows(r)
	if err != nil {
		return err
	}
	return core.CSV(w, "sites", rows)
}

func (s Handlers) exportXLSX(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.ledgerRows(r)
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	for i, row := range rows {
		for j, cell := range row {
			at, err := excelize.CoordinatesToCellName(j+1, i+1)
			n, notNumber := strconv.Atoi(cell)
			switch {
			case err != nil:
			case i > 0 && j >= 7 && notNumber == nil: // counts and days stand after the texts
				err = f.SetCellInt(sheet, at, int64(n))
			default:
				err = f.SetCellStr(sheet, at, cell) // a text, whatever it begins with
			}
			if err != nil {
				return err
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename=sites.xlsx`)
	_, _ = w.Write(b.Bytes())
	return nil
}
