package account

import (
	"context"

	"kuukausi/internal/account"
	"kuukausi/internal/locale"
	"kuukausi/web/components"
)

// form is one of a member's forms; each member has its own, so the name carries the id.
func (v Members) form(act string, m account.Member) components.Form {
	return v.Refused.New(act+"-"+m.ID.String(), "", m.Version)
}

// open tells whether one of this member's forms came back.
func (v Members) open(m account.Member) bool {
	for _, act := range []string{"role", "end", "duties"} {
		if v.Refused.Name == act+"-"+m.ID.String() {
			return true
		}
	}
	return false
}

func (v Members) successors(m account.Member) (out []components.Option) {
	for _, x := range v.Members.Members {
		if x.ID != m.ID && x.Role == m.Role && x.EmploymentArea == m.EmploymentArea && x.DisabledAt == nil {
			out = append(out, components.Option{Value: x.ID.String(), Label: x.Name})
		}
	}
	return out
}

func roleOptions(ctx context.Context) (out []components.Option) {
	for _, r := range account.StaffRoles {
		out = append(out, components.Option{Value: string(r), Label: locale.T(ctx, "role."+string(r))})
	}
	return out
}

func area(m account.Member) string {
	if m.EmploymentArea == "" {
		return ""
	}
	return " · " + m.EmploymentArea
}
