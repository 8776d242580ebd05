package apptest

import (
	"bytes"
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"sync"
)

// logs are what the app wrote into its log during a test, and what was typed into it: none of the second may be in the first.
type logs struct {
	mu    sync.Mutex
	text  bytes.Buffer
	typed map[string]bool
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// logger writes everything there is to log; LOG shows it too.
func (l *logs) logger() *slog.Logger {
	var to io.Writer = l
	if os.Getenv("LOG") != "" {
		to = io.MultiWriter(l, os.Stderr)
	}
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// note remembers what somebody typed: a name, a text, an address, a code. Single words and ids may stand in a log for other reasons.
func (l *logs) note(v url.Values) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, all := range v {
		for _, x := range all {
			x = strings.TrimSpace(x)
			if len(x) >= 6 && len(x) < 300 && (strings.ContainsAny(x, " @\n") || strings.IndexFunc(x, func(r rune) bool { return r > 127 }) >= 0) {
				l.typed[x] = true
			}
		}
	}
}

// leaked are the typed texts that the log holds.
func (l *logs) leaked() (out []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := l.text.String()
	for x := range l.typed {
		if strings.Contains(text, x) || strings.Contains(text, url.QueryEscape(x)) {
			out = append(out, x)
		}
	}
	return out
}
