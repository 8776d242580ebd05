// Package web embeds what the browser gets besides pages: style sheets and catalogues. Files are served under a hash
// of their content, so that they can be cached for ever.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"path"
	"strings"
)

//go:embed static locales
var files embed.FS

// Locales are the catalogues.
func Locales() fs.FS { return sub("locales") }

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // the directory is embedded
	}
	return f
}

// File is a static file, also packed.
type File struct {
	Type       string
	Body, Gzip []byte
}

var (
	byURL  = map[string]File{}
	urlOf  = map[string]string{}
	ctypes = map[string]string{
		".css": "text/css; charset=utf-8",
		".js":  "text/javascript; charset=utf-8",
		".svg": "image/svg+xml",
		".png": "image/png",
	}
)

func init() {
	err := fs.WalkDir(sub("static"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || ctypes[path.Ext(name)] == "" {
			return err
		}
		b, err := fs.ReadFile(sub("static"), name)
		if err != nil {
			return err
		}
		h := sha256.Sum256(b)
		url := "/static/" + hex.EncodeToString(h[:5]) + "/" + name
		f := File{Type: ctypes[path.Ext(name)], Body: b}
		if !strings.HasSuffix(name, ".png") {
			var z bytes.Buffer
			w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
			_, _ = w.Write(b)
			_ = w.Close()
			f.Gzip = z.Bytes()
		}
		byURL[url], urlOf[name] = f, url
		return nil
	})
	if err != nil {
		panic(err)
	}
}

// Asset is the URL of a static file; naming one that is not there is a programming error.
func Asset(name string) string {
	u, ok := urlOf[name]
	if !ok {
		panic("no static file " + name)
	}
	return u
}

// Static is the file at a URL.
func Static(url string) (File, bool) { f, ok := byURL[url]; return f, ok }
