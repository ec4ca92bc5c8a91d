"""Names of Vietnamese laws, codes and ordinances, as they follow "Luật", "Bộ luật", "Pháp lệnh".

The list shows where a name ends ("Luật Bảo hiểm y tế và các văn bản …"). A law that is missing here is
still found: its name ends before the first word that cannot be part of a name.
"""

from __future__ import annotations

from functools import cache
from typing import Final

# Each word of a name maps to the words that may follow it; END marks a possible end of a name.
Tree = dict[str, "Tree"]
END: Final = ""

_NAMES: Final = """
An ninh mạng; An ninh quốc gia; An toàn thông tin mạng; An toàn thực phẩm; An toàn, vệ sinh lao động
Báo chí; Bảo hiểm tiền gửi; Bảo hiểm xã hội; Bảo hiểm y tế; Bảo vệ bí mật nhà nước
Bảo vệ công trình quốc phòng và khu quân sự; Bảo vệ dữ liệu cá nhân; Bảo vệ môi trường
Bảo vệ quyền lợi người tiêu dùng; Bảo vệ sức khỏe nhân dân; Bảo vệ và kiểm dịch thực vật
Bảo vệ và phát triển rừng; Bảo vệ, chăm sóc và giáo dục trẻ em; Bầu cử đại biểu Quốc hội
Bầu cử đại biểu Hội đồng nhân dân; Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân
Biên phòng Việt Nam; Biển Việt Nam; Biên giới quốc gia; Bình đẳng giới; Bưu chính; Căn cước
Căn cước công dân; Các tổ chức tín dụng; Các công cụ chuyển nhượng; Cán bộ, công chức; Cạnh tranh
Cảnh sát biển Việt Nam; Cảnh sát cơ động; Cảnh vệ; Chăn nuôi; Chất lượng sản phẩm, hàng hóa
Chính quyền địa phương; Chứng khoán; Chuyển giao công nghệ; Chuyển đổi số; Công an nhân dân
Công chứng; Công đoàn; Công nghệ cao; Công nghệ thông tin; Công nghiệp công nghệ số
Công nghiệp quốc phòng, an ninh và động viên công nghiệp
Cơ quan đại diện nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài; Cư trú; Cựu chiến binh
Dầu khí; Di sản văn hóa; Doanh nghiệp; Doanh nghiệp nhà nước; Dược; Dữ liệu; Du lịch; Dân quân tự vệ
Dân số; Di trú; Dẫn độ; Đặc xá; Đa dạng sinh học; Đất đai; Đầu tư; Đầu tư công
Đầu tư nước ngoài tại Việt Nam; Đầu tư theo phương thức đối tác công tư
Đầu tư kinh doanh vốn nhà nước; Đấu giá tài sản; Đấu thầu; Đê điều; Địa chất và khoáng sản; Điện ảnh
Điện lực; Điều ước quốc tế; Đo đạc và bản đồ; Đo lường; Đường bộ; Đường sắt; Đường sắt Việt Nam; Giá
Giám định tư pháp; Giao dịch điện tử; Giao thông đường bộ; Giao thông đường thủy nội địa; Giáo dục
Giáo dục đại học; Giáo dục nghề nghiệp; Giáo dục quốc phòng và an ninh; Hải quan
Hàng không dân dụng Việt Nam; Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác; Hình sự
Hòa giải ở cơ sở; Hòa giải, đối thoại tại Tòa án; Hoạt động chữ thập đỏ
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân; Hóa chất; Hỗ trợ doanh nghiệp nhỏ và vừa
Hôn nhân và gia đình; Hộ tịch; Hợp tác xã; Kế toán; Khám bệnh, chữa bệnh; Khí tượng thủy văn
Khiếu nại; Khiếu nại, tố cáo; Khoa học và công nghệ; Khoa học, công nghệ và đổi mới sáng tạo
Khoáng sản; Kiểm toán độc lập; Kiểm toán nhà nước; Kiến trúc; Kinh doanh bảo hiểm
Kinh doanh bất động sản; Lao động; Lâm nghiệp; Luật sư; Lưu trữ; Lý lịch tư pháp
Mặt trận Tổ quốc Việt Nam; Năng lượng nguyên tử; Ngân hàng Nhà nước Việt Nam; Ngân sách nhà nước
Nghĩa vụ quân sự; Nghỉ phép; Người cao tuổi; Người khuyết tật
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng; Nhà giáo; Nhà ở
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam; Nuôi con nuôi; Phá sản
Phòng cháy, chữa cháy và cứu nạn, cứu hộ; Phòng cháy và chữa cháy; Phòng bệnh
Phòng, chống bạo lực gia đình; Phòng, chống bệnh truyền nhiễm; Phòng, chống ma túy
Phòng, chống mua bán người
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người (HIV/AIDS)
Phòng, chống rửa tiền; Phòng, chống tác hại của rượu, bia; Phòng, chống tác hại của thuốc lá
Phòng, chống tham nhũng; Phòng, chống thiên tai; Phòng, chống khủng bố; Phòng thủ dân sự
Phổ biến, giáo dục pháp luật; Quản lý nợ công; Quản lý ngoại thương; Quản lý thuế
Quản lý, sử dụng tài sản công; Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ
Quản lý và đầu tư vốn nhà nước tại doanh nghiệp
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp
Quản lý, sử dụng tài sản nhà nước; Quảng cáo; Quốc phòng; Quốc tịch Việt Nam; Quy hoạch
Quy hoạch đô thị; Quy hoạch đô thị và nông thôn; Sĩ quan Quân đội nhân dân Việt Nam; Sở hữu trí tuệ
Sử dụng năng lượng tiết kiệm và hiệu quả; Tài nguyên nước; Tài nguyên, môi trường biển và hải đảo
Tần số vô tuyến điện; Thanh niên; Thanh tra; Thăm dò, khai thác dầu khí; Thể dục, thể thao
Thi đua, khen thưởng; Thi hành án dân sự; Thi hành án hình sự; Thi hành tạm giữ, tạm giam
Thỏa thuận quốc tế; Thống kê; Thú y; Thủ đô; Thuế bảo vệ môi trường; Thuế giá trị gia tăng
Thuế sử dụng đất nông nghiệp; Thuế sử dụng đất phi nông nghiệp; Thuế tài nguyên
Thuế thu nhập cá nhân; Thuế thu nhập doanh nghiệp; Thuế tiêu thụ đặc biệt
Thuế xuất khẩu, thuế nhập khẩu; Thuế chuyển quyền sử dụng đất; Thủy lợi; Thủy sản; Thư viện
Thực hiện dân chủ ở cơ sở; Thực hành tiết kiệm, chống lãng phí; Thương mại; Tiếp cận thông tin
Tiếp công dân; Tiêu chuẩn và quy chuẩn kỹ thuật; Tín ngưỡng, tôn giáo; Tố cáo; Tổ chức Chính phủ
Tổ chức chính quyền địa phương; Tổ chức Cơ quan điều tra hình sự
Tổ chức Hội đồng nhân dân và Ủy ban nhân dân; Tổ chức Quốc hội; Tổ chức HĐND và UBND
Tổ chức HĐND, UBND; Tổ chức Tòa án nhân dân; Tổ chức Viện kiểm sát nhân dân; Tố tụng hành chính
Tố tụng hình sự; Tố tụng dân sự; Dân sự; Hàng hải Việt Nam; Hàng hải; Tình trạng khẩn cấp
Trách nhiệm bồi thường của Nhà nước; Trẻ em; Trí tuệ nhân tạo; Trọng tài thương mại; Trồng trọt
Trưng cầu ý dân; Trưng mua, trưng dụng tài sản; Trật tự, an toàn giao thông đường bộ
Trợ giúp pháp lý; Tư pháp người chưa thành niên; Tương trợ tư pháp; Viên chức; Việc làm; Viễn thông
Xây dựng; Xử lý vi phạm hành chính; Xuất bản; Xuất cảnh, nhập cảnh của công dân Việt Nam
Ban hành văn bản quy phạm pháp luật
Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Ủy ban nhân dân
Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở; Lực lượng dự bị động viên; Nhà văn hóa
Công nghiệp quốc phòng; Ưu đãi người có công với cách mạng; Người có công với cách mạng
Thực hiện dân chủ ở xã, phường, thị trấn; Thủ tục bắt giữ tàu biển; Án phí, lệ phí Tòa án
Phí và lệ phí; Chi phí giám định, định giá
Quy định danh hiệu vinh dự Nhà nước “Bà mẹ Việt Nam anh hùng”; Bảo hộ lao động; Hợp đồng lao động
Hợp đồng kinh tế; Thủ tục giải quyết các tranh chấp lao động; Phòng, chống tệ nạn mại dâm
Phòng, chống mại dâm; Dự trữ quốc gia; Công an xã; Cảnh sát môi trường; Ngoại hối; Giống cây trồng
Giống vật nuôi; Chống trợ cấp hàng hóa nhập khẩu; Hợp nhất văn bản quy phạm pháp luật
Pháp điển hệ thống quy phạm pháp luật; Động viên công nghiệp
Bảo vệ công trình quan trọng liên quan đến an ninh quốc gia; BHXH; BHYT; NSNN; HTX; DN; LĐ; PCTN
THTKCLP; TĐKT; TTHS; TTDS; BVMT; HN&GĐ; VSATTP; ATVSLĐ
"""

# Each pair is the same sound in two spellings; both occur in texts.
_SPELLINGS: Final = (
    ("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"),
    ("òe", "oè"), ("óe", "oé"), ("ỏe", "oẻ"), ("õe", "oẽ"), ("ọe", "oẹ"),
    ("ùy", "uỳ"), ("úy", "uý"), ("ủy", "uỷ"), ("ũy", "uỹ"), ("ụy", "uỵ"),
)  # fmt: skip


@cache
def names_tree() -> Tree:
    """The names as a tree of lower-case words, in both spellings (*hòa*, *hoà*)."""
    root: Tree = {}
    for name in _NAMES.replace("\n", ";").split(";"):
        low = name.strip().lower()
        if not low:
            continue
        other = low
        for old, new in _SPELLINGS:
            other = other.replace(old, new)
        for words in {low, other}:
            node = root
            for word in words.split():
                node = node.setdefault(word, {})
            node[END] = {}
    return root
