package door

import (
	"reflect"
	"strings"
	"unicode"

	"github.com/google/uuid"
)

// columns are the fields of a struct as the columns of its table: select, insert and update are made from one list, so
// that a new field is typed once. A field tagged db:"-" is none of the table's.
type columns struct {
	names []string
	at    []int
	ids   []bool // an id, whose Nil is null in the table
}

// ColumnsOf reads the fields of T. It is called once, when a query is put together.
func ColumnsOf[T any]() columns {
	var c columns
	t := reflect.TypeFor[T]()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Tag.Get("db") == "-" {
			continue
		}
		c.names, c.at = append(c.names, snake(f.Name)), append(c.at, i)
		c.ids = append(c.ids, f.Type == reflect.TypeFor[uuid.UUID]())
	}
	return c
}

// snake is a field's name as a column: DayMinutes is day_minutes, SiteID is site_id.
func snake(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func (c columns) listed(each func(name string, id bool) string, sep string) string {
	out := make([]string, len(c.names))
	for i, n := range c.names {
		out[i] = each(n, c.ids[i])
	}
	return strings.Join(out, sep)
}

// Selected are the columns of a table's alias.
func (c columns) Selected(alias string) string {
	return c.listed(func(n string, id bool) string {
		if id {
			return "coalesce(" + alias + "." + n + ", '00000000-0000-0000-0000-000000000000') " + n
		}
		return alias + "." + n
	}, ",\n  ")
}

// Inserted and values are the two lists of an insert, set is the list of an update.
func (c columns) Inserted() string { return strings.Join(c.names, ", ") }

func (c columns) Values() string {
	return c.listed(func(n string, _ bool) string { return "@" + n }, ", ")
}

func (c columns) Set() string {
	return c.listed(func(n string, _ bool) string { return n + " = @" + n }, ",\n  ")
}

// Args adds the fields of v, a T, to the arguments of a query.
func (c columns) Args(v any, more Args) Args {
	x := reflect.ValueOf(v)
	for i, n := range c.names {
		field := x.Field(c.at[i]).Interface()
		if id, ok := field.(uuid.UUID); ok {
			field = OrNull(id)
		}
		more[n] = field
	}
	return more
}
