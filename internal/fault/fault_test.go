package fault_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"kuukausi/internal/fault"
)

// A refusal lists every broken rule with its field, code, message key and arguments, and no broken rule is no error.
func TestInvalid(t *testing.T) {
	var v fault.Invalid
	if v.OrNil() != nil {
		t.Error("nothing broken is an error")
	}
	v.Require("name", "", 10)
	v.Require("name", "Åke", 10)
	v.Limit("text", strings.Repeat("å", 10), 10) // characters, not bytes
	v.Limit("text", strings.Repeat("å", 11), 10)
	v.Add("", "E_COHORT_FULL")
	want := fault.Invalid{
		{Field: "name", Code: "E_REQUIRED", Key: "problem.E_REQUIRED"},
		{Field: "text", Code: "E_TOO_LONG", Key: "problem.E_TOO_LONG", Args: map[string]any{"Max": 10}},
		{Code: "E_COHORT_FULL", Key: "problem.E_COHORT_FULL"},
	}
	if !reflect.DeepEqual(v, want) {
		t.Errorf("%+v", v)
	}
	var got fault.Invalid
	if err := fmt.Errorf("enrol: %w", v.OrNil()); !errors.As(err, &got) || len(got) != 3 {
		t.Error("a wrapped refusal is not found")
	}
	if err := fault.One("a", "E_X"); !strings.Contains(err.Error(), "E_X") || strings.Contains(err.Error(), "Max") {
		t.Errorf("%v", err)
	}
}
