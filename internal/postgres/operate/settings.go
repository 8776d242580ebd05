package operate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Settings are what app.enter sets for a person, as name=value for one session: by them policies know who looks. Of a
// person in two organisations it is the first by name. It fails when nobody has the e-mail.
func Settings(ctx context.Context, owner, email string, now time.Time) ([]string, error) {
	c, err := pgx.Connect(ctx, owner)
	if err != nil {
		return nil, err
	}
	defer c.Close(context.Background())
	var org, actor, role, lang string
	err = c.QueryRow(ctx, `select m.org_id::text, m.id::text, m.role, a.lang
from app.account a
join app.membership m on m.account_id = a.id and m.disabled_at is null
join app.organisation o on o.id = m.org_id
where a.email = $1
order by o.name
limit 1`, email).Scan(&org, &actor, &role, &lang)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("nobody signs in as %s", email)
	}
	return []string{"app.org=" + org, "app.actor=" + actor, "app.role=" + role, "app.lang=" + lang,
		"app.now=" + now.UTC().Format("2006-01-02T15:04:05Z")}, err
}
