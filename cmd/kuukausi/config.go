package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kuukausi/cmd/kuukausi/app"
	"kuukausi/internal/access"
	"kuukausi/internal/participant"
	"kuukausi/internal/seal"
)

// Config is the whole configuration, by flag or environment.
type Config struct {
	Env                string `name:"env" env:"APP_ENV" default:"development" enum:"development,production" help:"development or production."`
	Port               string `env:"PORT" default:"8080" help:"Port to listen on."`
	Host               string `env:"HOST" default:"" help:"Address to listen on; empty is every one in production, 127.0.0.1 in development."`
	DatabaseURL        string `env:"DATABASE_URL" help:"Postgres as the web role (kuukausi_web)."`
	MigrateDatabaseURL string `env:"MIGRATE_DATABASE_URL" help:"The role that owns the schema: superuser, or BYPASSRLS and CREATEROLE."`
	PublicURL          string `env:"PUBLIC_URL" help:"Where users find the app; https makes cookies secure."`
	KeyFile            string `env:"KEY_FILE" help:"File with the secret: 32 random bytes or more, base64; newer ones first."`
	Proxies            int    `env:"TRUSTED_PROXIES" default:"0" help:"Reverse proxies in front whose X-Forwarded-For is believed."`
	Conns              int32  `env:"DB_CONNS" default:"4" help:"Database connections."`
	ReadAuditSync      string `env:"READ_AUDIT_SYNC" default:"on" enum:"on,off" help:"off may lose 0.6 s of read-audit rows in a crash."`
	Clock              string `env:"APP_CLOCK" help:"Development only: what time it is at the start, as 2026-12-05T08:50."`
	DataDir            string `env:"DATA_DIR" default:".data" help:"Where development keeps its Postgres and key."`
}

func (c *Config) production() bool { return c.Env == "production" }

// check refuses to start a half-configured production, and says all that is missing at once.
func (c *Config) check() error {
	if _, err := c.now(); err != nil {
		return err
	}
	if !c.production() {
		return nil
	}
	var missing []string
	if c.DatabaseURL == "" {
		missing = append(missing, "DATABASE_URL")
	}
	if u, err := url.Parse(c.PublicURL); err != nil || u.Scheme != "https" || u.Host == "" {
		missing = append(missing, "PUBLIC_URL (https://…)")
	}
	if _, err := c.key(); err != nil {
		missing = append(missing, "KEY_FILE ("+err.Error()+")")
	}
	if len(missing) > 0 {
		return fmt.Errorf("APP_ENV=production needs: %s", strings.Join(missing, ", "))
	}
	return nil
}

// secrets reads what cookies are signed with and how fields are sealed.
func (c *Config) secrets() ([]byte, participant.Codes, error) {
	all, err := c.key()
	if err != nil {
		return nil, participant.Codes{}, err
	}
	keys, err := seal.New(all)
	return all[0], participant.Codes{Sealer: keys, RefuseTest: c.production()}, err
}

// site is what the app needs to serve.
func (c *Config) site() (app.Config, error) {
	key, codes, err := c.secrets()
	if err != nil {
		return app.Config{}, fmt.Errorf("key: %w", err)
	}
	now, err := c.now()
	if err != nil {
		return app.Config{}, err
	}
	return app.Config{PublicURL: c.publicURL(), Key: key, Codes: codes, Proxies: c.Proxies, Now: now, Log: c.logger()}, nil
}

// seedDemo fills an empty database with the demo of today, its identity codes sealed with this installation's key.
func (c *Config) seedDemo(ctx context.Context, owner string) error {
	_, codes, err := c.secrets()
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	now, err := c.now()
	if err != nil {
		return err
	}
	return app.SeedDemo(ctx, owner, now(), codes)
}

// now is the one clock of the app: the machine's, or in development one that APP_CLOCK set when the program started and that
// runs on from there (internal/domain.md, ruling 45).
func (c *Config) now() (func() time.Time, error) {
	if c.Clock == "" {
		return time.Now, nil
	}
	if c.production() {
		return nil, errors.New("APP_CLOCK is for development: in production the clock is the machine's")
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", c.Clock, access.Helsinki)
	if err != nil {
		return nil, fmt.Errorf("APP_CLOCK: %q is no time as 2026-12-05T08:50", c.Clock)
	}
	shift := time.Until(at)
	return func() time.Time { return time.Now().Add(shift) }, nil
}

// key reads the installation's secrets, the newest first; development makes one on first start.
func (c *Config) key() ([][]byte, error) {
	file := c.KeyFile
	if file == "" {
		if c.production() {
			return nil, errors.New("not set")
		}
		file = filepath.Join(c.DataDir, "key")
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
			raw := make([]byte, 32)
			_, _ = rand.Read(raw)
			if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
				return nil, err
			}
			if err := os.WriteFile(file, []byte(base64.StdEncoding.EncodeToString(raw)+"\n"), 0o600); err != nil {
				return nil, err
			}
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	all, err := seal.Secrets(string(b))
	if err != nil {
		return nil, err
	}
	for _, raw := range all {
		if same(raw) {
			return nil, errors.New("is not random")
		}
	}
	return all, nil
}

func same(b []byte) bool {
	for _, x := range b {
		if x != b[0] {
			return false
		}
	}
	return true
}

func (c *Config) address() string {
	host := c.Host
	if host == "" && !c.production() {
		host = "127.0.0.1"
	}
	return host + ":" + c.Port
}

func (c *Config) publicURL() *url.URL {
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// migrateURL is the owner's connection: its own, or DATABASE_URL where development uses one role for both.
func (c *Config) migrateURL() (string, error) {
	if c.MigrateDatabaseURL != "" {
		return c.MigrateDatabaseURL, nil
	}
	if c.DatabaseURL != "" && !c.production() {
		return c.DatabaseURL, nil
	}
	return "", errors.New("MIGRATE_DATABASE_URL is not set: migrations run as another role than the server")
}

// logger writes JSON, or text on a terminal.
func (c *Config) logger() *slog.Logger {
	if st, err := os.Stderr.Stat(); err == nil && st.Mode()&os.ModeCharDevice != 0 {
		return slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, nil))
}
