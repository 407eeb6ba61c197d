//go:build browser

package browser

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// script is words of one way of writing.
type script struct {
	name  string
	join  string // what stands between two words
	words []string
	font  string // a pattern of the fonts that have them, where the one we measure has not
}

// scripts are what generated diagrams are written in. The first is most people's daily one.
var scripts = []script{
	{"plain", " ", strings.Fields("orders checkout ledger search catalogue basket of the every paid card stock carrier with an invoice returns and API v2 gRPC Go 24/7"), ""},
	{"long", " ", strings.Fields("Donaudampfschifffahrtsgesellschaftskapitän OrderFulfillmentOrchestrationServiceController Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz com.example.orders.internal.persistence.v1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM snake_case_all_the_way_down_to_the_end kebab-case-all-the-way-down https://example.com/a/very/long/path?with=query#fragment i"), ""},
	{"japanese", "", strings.Fields("注文処理 サービス の 在庫 引き当て と 配送 カタログ 検索 決済 ｶﾅ （全角）、 「帳簿」 ます。"), "CJK"},
	{"chinese", "", strings.Fields("订单 处理 服务 支付 网关 库存 管理 和 搜索 推荐 系统 的 数据库 消息 队列，"), "CJK"},
	{"korean", " ", strings.Fields("주문 처리 서비스 결제 게이트웨이 재고 관리 및 검색 추천 시스템 데이터베이스"), "CJK"},
	{"hebrew", " ", strings.Fields("שירות הזמנות מנהל מערכת תשלום של ספר חשבונות חיפוש API קטלוג (גרסה 2) שָׁלוֹם"), ""},
	{"arabic", " ", strings.Fields("خدمة الطلبات مدير النظام دفع دفتر الحسابات بحث كتالوج و API المستودع (نسخة ٢) مُحَمَّد"), "Arabic|Amiri|DejaVu"},
	{"emoji", " ", strings.Fields("🚀 👩🏽‍🚀 🎉🎉🎉 🏳️‍🌈 ❤️ 🇩🇪 orders 💳 👨‍👩‍👧‍👦 📦→🚚 ✅ 7️⃣"), "Emoji"},
	{"thai", "", strings.Fields("ระบบ สั่งซื้อ ชำระเงิน คลังสินค้า ที่ ผู้ใช้ ค้นหา น้ำ ปี่"), "Thai"},
	{"hindi", " ", strings.Fields("आदेश सेवा भुगतान खाता बही खोज सूची का गोदाम क्षत्रिय प्रबंधन"), "Devanagari"},
	{"cyrillic", " ", strings.Fields("Служба заказов платёж бухгалтерская книга поиск каталог Ελληνικά αναζήτηση παραγγελίες Ё щ"), ""},
	{"marks", " ", strings.Fields("Tie\u0302\u0301ng Vie\u0323\u0302t d\u031b\u0323n ha\u0300ng e\u0301e\u0302\u0301 Z\u0351\u0351\u0351a\u0310l o\u031b\u0301 Ångström naïve ﬁﬂ"), ""},
}

// say makes a text of so many words up. One in eight words is of another script.
func (s script) say(r *rand.Rand, words int) string {
	out := make([]string, words)
	for i := range out {
		from := s.words
		if r.IntN(8) == 0 {
			from = scripts[r.IntN(len(scripts))].words
		}
		out[i] = from[r.IntN(len(from))]
	}
	return strings.Join(out, s.join)
}

// The machine has fonts for all that is tried: where it has none, every letter is the same box, and no test says anything.
func TestScriptsHaveFonts(t *testing.T) {
	tab, dir := newTab(t), t.TempDir()
	for _, s := range scripts {
		page := `<!doctype html><meta charset=utf-8><title>words</title><p style="font-family:Arial, 'Liberation Sans', sans-serif">` + strings.Join(s.words, " ")
		require.NoError(t, chromedp.Do(tab, chromedp.Navigate("file://"+write(t, dir, "words.html", []byte(page)))))
		fonts, err := chromedp.Run(tab, fontsOf("p"))
		require.NoError(t, err)
		var names []string
		for _, f := range fonts {
			names = append(names, f.FamilyName)
		}
		if s.font == "" {
			require.Contains(t, names, "Liberation Sans", s.name)
			continue
		}
		require.Regexp(t, s.font, strings.Join(names, ", "), "%s: make test-browser installs fonts", s.name)
	}
}

// fontsOf are the fonts that an element is written in.
func fontsOf(selector string) chromedp.Action[[]*css.PlatformFontUsage] {
	return func(ctx context.Context, target *chromedp.Target) ([]*css.PlatformFontUsage, error) {
		if _, err := cdp.Call(ctx, target, dom.Enable, dom.EnableParams{}); err != nil {
			return nil, err
		}
		if _, err := cdp.Call(ctx, target, css.Enable, cdp.Empty{}); err != nil {
			return nil, err
		}
		root, err := cdp.Call(ctx, target, dom.GetDocument, dom.GetDocumentParams{})
		if err != nil {
			return nil, err
		}
		node, err := cdp.Call(ctx, target, dom.QuerySelector, dom.QuerySelectorParams{NodeID: root.Root.NodeID, Selector: selector})
		if err != nil {
			return nil, err
		}
		used, err := cdp.Call(ctx, target, css.GetPlatformFontsForNode, css.GetPlatformFontsForNodeParams{NodeID: node.NodeID})
		return used.Fonts, err
	}
}
