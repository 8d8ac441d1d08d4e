"""What people of the demonstration write with a move; Vietnamese, as it stands on the papers."""

from random import Random

SUPPLEMENT = (
    "Bổ sung bản sao Giấy chứng nhận quyền sử dụng đất; hồ sơ nộp thiếu trang bổ sung.",
    "Bổ sung giấy xác nhận thông tin về cư trú của người đề nghị.",
    "Tờ khai ghi thiếu ngày, tháng, năm sinh; đề nghị kê khai lại theo mẫu.",
    "Bổ sung văn bản uỷ quyền có chứng thực của các đồng sở hữu.",
    "Ảnh chụp giấy tờ gửi trực tuyến bị mờ; đề nghị gửi lại bản rõ nét.",
)
OBLIGATION = ("Thông báo nộp lệ phí trước bạ và thuế theo thông báo của cơ quan thuế.",)
VERIFICATION = (
    "Xác minh thực địa ranh giới thửa đất.",
    "Niêm yết công khai kết quả kiểm tra hồ sơ tại trụ sở và khu dân cư.",
)
CONSULTATION = ("Lấy ý kiến phối hợp về nguồn gốc và hiện trạng sử dụng.",)
EXTENSION = (
    "Xin lỗi và hẹn lại ngày trả kết quả: cần thêm thời gian xác minh hồ sơ gốc.",
    "Xin lỗi và hẹn lại ngày trả kết quả: cơ quan phối hợp chưa có ý kiến.",
)
NEGATIVE = (
    "Không đủ điều kiện giải quyết: thửa đất đang có tranh chấp.",
    "Không đủ điều kiện giải quyết: thông tin hộ tịch không khớp với sổ gốc.",
)
WITHDRAWN = ("Người nộp đề nghị rút hồ sơ để bổ sung giấy tờ và nộp lại sau.",)
STOPPED = ("Dừng giải quyết: quá thời hạn bổ sung mà người nộp không bổ sung hồ sơ.",)
REFUSED = (
    "Từ chối tiếp nhận: thủ tục không thuộc thẩm quyền của đơn vị.",
    "Từ chối tiếp nhận: thành phần hồ sơ không đúng quy định, đã hướng dẫn nộp lại.",
)
REFILING = ("Thiếu ảnh chụp mặt sau giấy tờ; đề nghị bổ sung trước khi tiếp nhận.",)
VOIDED = ("Nhập nhầm: hồ sơ này đã được tiếp nhận dưới mã khác.",)
SENT_BACK = ("Sửa lại lỗi chính tả trong dự thảo kết quả.",)


def some(rng: Random, words: tuple[str, ...]) -> str:
    """Give one of several sentences."""
    return rng.choice(words)
