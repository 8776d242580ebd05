// Package seal encrypts single fields with the installation's secret, and makes blind indexes to find them by. It holds
// no data and knows no table.
package seal

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keys seals with the newest secret and opens what any of them sealed.
type Keys struct {
	aead  tink.AEAD
	index []byte
}

// New makes keys from the installation's secrets, the newest first. A new secret goes before the old ones, which stay
// as long as something is sealed with them; the index keeps to the oldest, so that what is there is still found.
func New(secrets [][]byte) (*Keys, error) {
	if len(secrets) == 0 {
		return nil, errors.New("no secret")
	}
	params, err := aesgcm.NewParameters(
		aesgcm.ParametersOpts{KeySizeInBytes: 32, IVSizeInBytes: 12, TagSizeInBytes: 16, Variant: aesgcm.VariantTink},
	)
	if err != nil {
		return nil, err
	}
	m := keyset.NewManager()
	for i, s := range secrets {
		raw, err := hkdf.Key(sha256.New, s, nil, "field", 36)
		if err != nil {
			return nil, err
		}
		// the key's id is its own fingerprint: the same secret has it in every process
		k, err := aesgcm.NewKey(
			secretdata.NewBytesFromData(raw[:32], insecuresecretdataaccess.Token{}),
			binary.BigEndian.Uint32(raw[32:]),
			params,
		)
		if err != nil {
			return nil, err
		}
		id, err := m.AddKey(k)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if err := m.SetPrimary(id); err != nil {
				return nil, err
			}
		}
	}
	h, err := m.Handle()
	if err != nil {
		return nil, err
	}
	a, err := aead.New(h)
	if err != nil {
		return nil, err
	}
	index, err := hkdf.Key(sha256.New, secrets[len(secrets)-1], nil, "index", 32)
	return &Keys{aead: a, index: index}, err
}

// Seal encrypts a text for one place ("table:column:id"); moved elsewhere it does not open.
func (k *Keys) Seal(text, place string) ([]byte, error) {
	return k.aead.Encrypt([]byte(text), []byte(place))
}

// Open decrypts what was sealed for this place. It fails on what was moved, changed, or sealed with a secret that is gone.
func (k *Keys) Open(sealed []byte, place string) (string, error) {
	b, err := k.aead.Decrypt(sealed, []byte(place))
	return string(b), err
}

// Index is the same for the same text and tells nothing of it to somebody without the secret.
func (k *Keys) Index(text string) []byte {
	h := hmac.New(sha256.New, k.index)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// ErrSecret: a line of a key file is no secret of at least 32 random bytes in base64.
var ErrSecret = errors.New("must hold at least 32 random bytes in base64: openssl rand -base64 32")

// Secrets reads a key file, the newest secret first. An empty line stands between two; a secret may be wrapped over
// several lines, as it comes from openssl.
func Secrets(file string) ([][]byte, error) {
	var out [][]byte
	for _, block := range strings.Split(strings.ReplaceAll(file, "\r\n", "\n"), "\n\n") {
		block = strings.Join(strings.Fields(block), "")
		if block == "" {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(block)
		if err != nil || len(raw) < 32 {
			return nil, ErrSecret
		}
		out = append(out, raw)
	}
	if len(out) == 0 {
		return nil, ErrSecret
	}
	return out, nil
}
