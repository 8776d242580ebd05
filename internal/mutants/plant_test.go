package mutants

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// mutant is one fault: the bytes from..to of a file become text.
type mutant struct {
	file, kind string
	line       int
	from, to   int
	text, was  string
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d %s: %q → %q", m.file, m.line, m.kind, m.was, m.text)
}

// opposite are comparisons and joints, each moved by one.
var opposite = map[token.Token]string{
	token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">", token.EQL: "!=", token.NEQ: "==", token.LAND: "||", token.LOR: "&&",
}

// inGo are the faults of a file of rules: comparisons moved by one, refusals returned as nil, conditions inverted.
func inGo(root, file string) (out []mutant, err error) {
	raw, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, raw, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	add := func(kind string, from, to token.Pos, text string) {
		a, b := fset.Position(from), fset.Position(to)
		out = append(out, mutant{file, kind, a.Line, a.Offset, b.Offset, text, string(raw[a.Offset:b.Offset])})
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.BinaryExpr:
			if to, ok := opposite[x.Op]; ok && !isNil(x.Y) {
				add("comparison", x.OpPos, x.OpPos+token.Pos(len(x.Op.String())), to)
			}
		case *ast.ExprStmt: // v.Add("field", "E_CODE") is not said
			if call, ok := x.X.(*ast.CallExpr); ok && refuses(call) {
				add("refusal dropped", x.Pos(), x.End(), "_ = 0")
			}
		case *ast.IfStmt:
			if _, composed := x.Cond.(*ast.BinaryExpr); !composed {
				from, to := fset.Position(x.Cond.Pos()).Offset, fset.Position(x.Cond.End()).Offset
				add("condition inverted", x.Cond.Pos(), x.Cond.End(), "!("+string(raw[from:to])+")")
			}
		}
		return true
	})
	return out, nil
}

func isNil(x ast.Expr) bool { id, ok := x.(*ast.Ident); return ok && id.Name == "nil" }

// refuses tells whether a call adds a refusal: one of its arguments is a code.
func refuses(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Add" && sel.Sel.Name != "AddAs" {
		return false
	}
	for _, a := range call.Args {
		if lit, ok := a.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, `"E_`) {
			return true
		}
	}
	return false
}

var (
	act  = regexp.MustCompile(`(?m)^\t\w+ += (?:write|sensitive)\("[a-z_0-9]+", ([A-Z][A-Za-z, ]*)\)`)
	lock = regexp.MustCompile(`(?m)\n?\bfor update(?: of [a-z, ]+)?`)
	cond = regexp.MustCompile(`(?m)^  and [^\n(]+\n`)
)

// inText are the faults of a file that a pattern finds: what its first group (or all of it) matches becomes what replace says.
func inText(root, file, kind string, find *regexp.Regexp, replace func(string) []string) (out []mutant, err error) {
	raw, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		return nil, err
	}
	for _, at := range find.FindAllSubmatchIndex(raw, -1) {
		from, to := at[0], at[1]
		if len(at) > 2 {
			from, to = at[2], at[3]
		}
		was := string(raw[from:to])
		for _, text := range replace(was) {
			out = append(out, mutant{file, kind, 1 + strings.Count(string(raw[:from]), "\n"), from, to, text, was})
		}
	}
	return out, nil
}

// roles are an act's roles with one more, and with the last one taken away.
func roles(was string) (out []string) {
	have := strings.Split(was, ", ")
	for _, r := range []string{"Coach", "Coordinator", "Expert", "Participant", "Admin"} {
		if !slices.Contains(have, r) {
			out = append(out, was+", "+r)
		}
	}
	if n := len(have); n > 1 {
		out = append(out, strings.Join(have[:n-1], ", "))
	}
	return out
}

func gone(string) []string { return []string{""} }
