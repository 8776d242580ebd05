package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// docker-compose.yml is parsed by the library docker itself uses, and holds what running for real needs.
func TestCompose(t *testing.T) {
	raw, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	load := func(env types.Mapping) (*types.Project, error) {
		return loader.LoadWithContext(
			context.Background(),
			types.ConfigDetails{
				WorkingDir:  "../..",
				ConfigFiles: []types.ConfigFile{{Filename: "docker-compose.yml", Content: raw}},
				Environment: env,
			},
			func(o *loader.Options) { o.SetProjectName("kuukausi", true) },
		)
	}
	if _, err := load(types.Mapping{}); err == nil || !strings.Contains(err.Error(), "PASSWORD") {
		t.Errorf("without secrets it must not start: %v", err)
	}
	p, err := load(types.Mapping{"POSTGRES_PASSWORD": "a", "WEB_PASSWORD": "b", "PUBLIC_URL": "https://kuukausi.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	app, db, migrate := p.Services["app"], p.Services["db"], p.Services["migrate"]
	if db.Image != "postgres:17" || len(db.Ports) != 0 {
		t.Errorf("database image %s, published ports %v", db.Image, db.Ports)
	}
	if app.HealthCheck == nil || !app.ReadOnly || app.Build == nil || !strings.Contains(app.Build.DockerfileInline, "USER 65532") ||
		!strings.Contains(app.Build.DockerfileInline, "FROM scratch") {
		t.Errorf("the app's image: health check %v, read-only %t", app.HealthCheck, app.ReadOnly)
	}
	if v := app.Environment["DATABASE_URL"]; v == nil || !strings.Contains(*v, "kuukausi_web") {
		t.Error("the app does not sign in as the web role")
	}
	if app.DependsOn["migrate"].Condition != types.ServiceConditionCompletedSuccessfully || migrate.Command[0] != "migrate" {
		t.Error("the app starts before its migrations are done")
	}
}

// Production refuses to start half-configured and says all that is missing.
func TestProductionSaysWhatIsMissing(t *testing.T) {
	err := (&Config{Env: "production"}).check()
	for _, want := range []string{"DATABASE_URL", "PUBLIC_URL", "KEY_FILE"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
	key := t.TempDir() + "/key"
	for _, weak := range []string{
		"c2hvcnQ=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "not base64 at all, but long enough to be a key",
	} {
		if err := os.WriteFile(key, []byte(weak), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := (&Config{Env: "production", DatabaseURL: "x", PublicURL: "https://x.example.org", KeyFile: key}).check(); err == nil {
			t.Errorf("the key %q was accepted", weak)
		}
	}
}

// Production keeps out codes nobody is given.
func TestNationalIDInProduction(t *testing.T) {
	c := Config{Env: "production", KeyFile: "../../internal/apptest/testdata/key"}
	if _, codes, err := c.secrets(); err != nil || !codes.RefuseTest {
		t.Fatal(err)
	}
	c.Env = "development"
	if _, codes, _ := c.secrets(); codes.RefuseTest {
		t.Error("development refuses them too")
	}
}
