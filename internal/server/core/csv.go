package core

import (
	"encoding/csv"
	"net/http"
	"strings"

	"kuukausi/internal/text"
)

// CSV answers rows as a file that spreadsheets read: UTF-8, semicolons, no cell a formula.
func CSV(w http.ResponseWriter, name string, rows [][]string) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename=`+name+`.csv`)
	_, _ = w.Write([]byte("\ufeff")) // spreadsheets read it as UTF-8
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	for _, row := range rows {
		for i := range row {
			row[i] = plain(row[i])
		}
		if err := out.Write(row); err != nil {
			return nil // the reader hung up
		}
	}
	out.Flush()
	return nil
}

// plain keeps a spreadsheet from taking a text for a formula: by the signs one begins with, in full width too, whatever nobody
// sees stands before them.
func plain(cell string) string {
	if strings.IndexAny(text.Line(cell), "=+-@＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}
