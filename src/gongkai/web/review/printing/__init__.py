"""The official forms of review, printed from data: 拟发文件公开属性认定表 and 信息发布审查表."""
